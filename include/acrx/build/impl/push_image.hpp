// Bodies of build/push_image.hpp.
#ifndef ACRX_BUILD_IMPL_PUSH_IMAGE_HPP
#define ACRX_BUILD_IMPL_PUSH_IMAGE_HPP
#include <acrx/build/push_image.hpp>
#include <acrx/core/when_all.hpp>

#include <set>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
template<registry_client Registry>
net::awaitable<void> push_layer(Registry& registry, basic_layer_store<Registry>& layers, layer_ref layer,
                                reference name)
{
    auto const& blob = layer.layer.blob;
    bool const is_near = layer.origin && layer.origin->domain == name.domain;
    bool const is_same = is_near && layer.origin->path == name.path;
    if (is_same && layer.is_of_base())
        co_return;
    if (is_near && !is_same) {
        auto const mounted = co_await registry.mount_blob(name, blob, layer.origin->path);
        if (mounted)
            co_return;
    }
    if (!layers.store().contains(blob.digest)) {
        auto const there = co_await registry.has_blob(name, blob.digest);
        if (there)
            co_return;
        co_await layers.fetch(layer);
    }
    blob_file const file{layers.store().blob_path(blob.digest), blob};
    co_await registry.push_blob(name, file);
}

/// Pushes a blob that lies in the store.
template<registry_client Registry>
net::awaitable<void> push_stored(Registry& registry, oci_layout& store, descriptor blob, reference name)
{
    blob_file const file{store.blob_path(blob.digest), blob};
    co_await registry.push_blob(name, file);
}

/// The blobs of all images and of what is attached to them, each once.
template<registry_client Registry>
std::vector<net::awaitable<void>> blob_pushes(Registry& registry, basic_layer_store<Registry>& layers,
                                              finished_build const& build, reference const& name)
{
    std::vector<net::awaitable<void>> pushes;
    std::set<digest> seen;
    auto const add_stored = [&](descriptor const& blob) {
        if (seen.insert(blob.digest).second)
            pushes.push_back(push_stored(registry, layers.store(), blob, name));
    };
    for (auto const& image : build.images) {
        // The manifest decides how a layer is called: the family may differ from that of the base.
        for (auto layer : image.own_layers())
            if (seen.insert(layer.layer.blob.digest).second)
                pushes.push_back(push_layer(registry, layers, std::move(layer), name));
        add_stored(image.image.config);
        for (auto const& attached : image.attestations) {
            add_stored(attached.content.config);
            for (auto const& layer : attached.content.layers)
                add_stored(layer);
        }
    }
    return pushes;
}

/// Pushes the manifests that an index names, an image before what refers to it.
template<registry_client Registry>
net::awaitable<void> push_parts(Registry& registry, finished_image const& image, reference name)
{
    name.digest = image.document.digest;
    co_await registry.push_manifest(name, image.document);
    for (auto const& attached : image.attestations) {
        name.digest = attached.document.digest;
        co_await registry.push_manifest(name, attached.document);
    }
}
}  // namespace detail

template<registry_client Registry>
net::awaitable<void> push_image(Registry& registry, basic_layer_store<Registry>& layers, finished_build const& build,
                                reference name)
{
    auto const known = co_await registry.resolve(name);
    if (known && known->digest == build.top().digest)
        co_return;
    auto pushes = detail::blob_pushes(registry, layers, build, name);
    co_await when_all(std::move(pushes));
    if (build.index)
        for (auto const& image : build.images)
            co_await detail::push_parts(registry, image, name);
    co_await registry.push_manifest(name, build.index ? *build.index : build.images.front().document);
}
}  // namespace acrx
#endif
