// Bodies of build/shared_indexes.hpp.
#ifndef ACRX_BUILD_IMPL_SHARED_INDEXES_HPP
#define ACRX_BUILD_IMPL_SHARED_INDEXES_HPP
#include <acrx/build/detail/small_blob.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::string_view layer_index_type = "application/vnd.acrx.layer-index.v1";
inline constexpr std::string_view diff_id_annotation = "dev.acrx.diff-id";
inline constexpr std::uint64_t layer_index_limit = std::uint64_t{256} << 20;  ///< bytes
}  // namespace detail

inline std::vector<layer_ref> layers_of_image(base_image const& image)
{
    std::vector<layer_ref> layers;
    for (std::size_t i = 0; i < image.image.layers.size(); ++i) {
        auto origin = image.is_here ? std::nullopt : std::optional(image.name);
        if (!image.layer_origins.empty() && image.layer_origins[i])
            origin = image.layer_origins[i];
        layers.push_back({{image.image.layers[i], image.config.diff_ids[i]}, image.config.created.value_or(time_point{}), std::move(origin)});
        layers.back().is_for_windows = image.config.platform.os == "windows";
    }
    return layers;
}

template<referrer_client Registry>
net::awaitable<void> publish_indexes(Registry& registry, basic_layer_store<Registry>& layers, base_image const& image)
{
    manifest artifact;
    artifact.media_type = media_type::oci_manifest;
    artifact.artifact_type = layer_indexes_type;
    auto& store = layers.store();
    artifact.config = store.write_blob("{}", media_type::oci_empty);
    artifact.subject = descriptor{.media_type = image.image.media_type,
                                  .digest = image.manifest_digest,
                                  .size = image.manifest_size,
                                  .urls = {},
                                  .annotations = {},
                                  .artifact_type = {},
                                  .platform = {}};
    for (auto const& layer : layers_of_image(image)) {
        auto const index = co_await layers.index_of(layer);
        auto blob = store.write_blob(index->to_bytes(), detail::layer_index_type);
        blob.annotations[std::string(detail::diff_id_annotation)] = layer.layer.diff_id.str();
        artifact.layers.push_back(std::move(blob));
    }
    auto blobs = artifact.layers;
    blobs.push_back(artifact.config);
    for (auto const& blob : blobs) {
        blob_file const file{store.blob_path(blob.digest), blob};
        co_await registry.push_blob(image.name, file);
    }
    auto const document = to_document(artifact);
    co_await registry.push_referrer(image.name, document);
}

template<referrer_client Registry>
net::awaitable<void> fetch_indexes(Registry& registry, basic_layer_store<Registry>& layers, base_image const& image)
{
    auto const all = layers_of_image(image);
    bool const known = std::all_of(all.begin(), all.end(), [&](auto const& layer) { return layers.knows(layer); });
    if (known)
        co_return;
    std::string const type(layer_indexes_type);
    auto const offers = co_await registry.list_referrers(image.name, image.manifest_digest, type);
    if (offers.empty())
        co_return;
    auto name = image.name;
    name.digest = offers.back().digest;
    auto const document = co_await registry.fetch_manifest(name);
    auto const artifact = parse_manifest(document.bytes, document.media_type);
    for (auto const& blob : artifact.layers) {
        auto const id = blob.annotations.find(std::string(detail::diff_id_annotation));
        if (id == blob.annotations.end())
            continue;
        auto const diff_id = digest::parse(id->second);
        auto const mine = std::find_if(all.begin(), all.end(), [&](auto const& l) { return l.layer.diff_id == diff_id; });
        if (mine == all.end() || layers.knows(*mine))
            continue;
        auto const bytes = co_await detail::fetch_small_blob(registry, image.name, blob, detail::layer_index_limit);
        layers.keep_index(diff_id, layer_index::from_bytes(bytes));
    }
}
}  // namespace acrx
#endif
