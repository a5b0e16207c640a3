// Bodies of build/push_image.hpp.
#ifndef ACRX_BUILD_IMPL_PUSH_IMAGE_HPP
#define ACRX_BUILD_IMPL_PUSH_IMAGE_HPP
#include <acrx/build/push_image.hpp>
#include <acrx/core/when_all.hpp>

#include <utility>

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

/// Pushes the manifests that the index of an image names, the image first: others may refer to it.
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
net::awaitable<void> push_image(Registry& registry, basic_layer_store<Registry>& layers, finished_image const& image,
                                reference name)
{
    auto const known = co_await registry.resolve(name);
    if (known && known->digest == image.top().digest)
        co_return;
    std::vector<net::awaitable<void>> pushes;
    for (auto layer : image.layers) {
        // The manifest decides how a layer is called: the family may differ from that of the base.
        pushes.push_back(detail::push_layer(registry, layers, std::move(layer), name));
    }
    pushes.push_back(detail::push_stored(registry, layers.store(), image.image.config, name));
    for (auto const& attached : image.attestations) {
        pushes.push_back(detail::push_stored(registry, layers.store(), attached.content.config, name));
        for (auto const& layer : attached.content.layers)
            pushes.push_back(detail::push_stored(registry, layers.store(), layer, name));
    }
    co_await when_all(std::move(pushes));
    if (image.index)
        co_await detail::push_parts(registry, image, name);
    co_await registry.push_manifest(name, image.index ? *image.index : image.document);
}
}  // namespace acrx
#endif
