// Bodies of build/find_base.hpp.
#ifndef ACRX_BUILD_IMPL_FIND_BASE_HPP
#define ACRX_BUILD_IMPL_FIND_BASE_HPP
#include <acrx/build/detail/small_blob.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/local_image.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/media_types.hpp>

#include <utility>

namespace acrx {
namespace detail {
/// The document of a digest, from the store if it is there.
template<registry_client Registry>
net::awaitable<manifest_document> stored_manifest(Registry& registry, oci_layout& store, reference name,
                                                  descriptor found)
{
    if (store.contains(found.digest)) {
        auto bytes = store.read_blob(found);
        auto type = acrx::manifest_media_type(bytes, found.media_type);
        co_return manifest_document{std::move(type), std::move(bytes), found.digest};
    }
    name.digest = found.digest;
    auto document = co_await registry.fetch_manifest(name);
    store.write_blob(document.bytes, document.media_type);
    co_return document;
}

template<registry_client Registry>
net::awaitable<std::string> stored_config(Registry& registry, oci_layout& store, reference name, descriptor config)
{
    constexpr std::uint64_t limit = std::uint64_t{8} << 20;
    require_small(name, config, limit);
    if (!store.contains(config.digest)) {
        auto const bytes = co_await fetch_small_blob(registry, name, config, limit);
        store.write_blob(bytes, config.media_type);
    }
    co_return store.read_blob(config);
}

/// Entries that state no platform get that of their config.
template<registry_client Registry>
net::awaitable<void> look_up_platforms(Registry& registry, oci_layout& store, reference name, image_index& index)
{
    for (auto& entry : index.manifests) {
        if (entry.platform)
            continue;
        auto const document = co_await stored_manifest(registry, store, name, entry);
        if (media_type::is_index(document.media_type))
            continue;
        auto const image = parse_manifest(document.bytes, document.media_type);
        auto const& type = image.config.media_type;
        if (type != media_type::oci_config && type != media_type::docker_config)
            continue;
        auto const config = co_await stored_config(registry, store, name, image.config);
        entry.platform = parse_image_config(config).platform;
    }
}
}  // namespace detail

template<registry_client Registry>
net::awaitable<std::shared_ptr<base_image const>> find_base(Registry& registry, oci_layout& store, std::string name,
                                                            platform wanted)
{
    auto base = std::make_shared<base_image>();
    base->name = parse_reference(name);
    auto found = store.find(to_string(base->name));
    bool const is_local = found && is_local_only(*found);
    if (!is_local)
        found = co_await registry.resolve(base->name);
    if (!found)
        throw error(errc::not_found, to_string(base->name),
                    "Check the name and the tag. A registry also says so of images that it does not show to you: log in.");
    base->named_digest = found->digest;
    auto document = co_await detail::stored_manifest(registry, store, base->name, *found);
    for (int depth = 0; media_type::is_index(document.media_type); ++depth) {
        auto index = parse_index(document.bytes, document.media_type);
        auto entry = choose(index, wanted);
        if (entry && !entry->platform && index.manifests.size() > 1) {
            co_await detail::look_up_platforms(registry, store, base->name, index);
            entry = choose(index, wanted);
        }
        if (!entry || depth == 4)
            throw error(errc::not_found, to_string(base->name) + ": no match for platform " + to_string(wanted)
                                             + " in manifest");
        document = co_await detail::stored_manifest(registry, store, base->name, *entry);
    }
    base->manifest_digest = document.digest;
    base->manifest_size = document.bytes.size();
    base->image = parse_manifest(document.bytes, document.media_type);
    auto const config = co_await detail::stored_config(registry, store, base->name, base->image.config);
    base->config = parse_image_config(config);
    if (base->config.diff_ids.size() != base->image.layers.size())
        throw error(errc::damaged, "reading " + to_string(base->name) + ": the config lists "
                                       + std::to_string(base->config.diff_ids.size()) + " layers, the manifest "
                                       + std::to_string(base->image.layers.size()));
    if (is_local)
        base->layer_origins = layer_origins(*store.find(to_string(base->name)), base->image.layers.size());
    co_return base;
}
}  // namespace acrx
#endif
