// Bodies of build/stored_image.hpp.
#ifndef ACRX_BUILD_IMPL_STORED_IMAGE_IPP
#define ACRX_BUILD_IMPL_STORED_IMAGE_IPP
#include <acrx/build/local_image.hpp>
#include <acrx/build/stored_image.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>

#include <utility>

namespace acrx {
namespace detail {
inline manifest_document read_document(oci_layout const& store, descriptor const& content)
{
    auto bytes = store.read_blob(content);
    auto type = acrx::manifest_media_type(bytes, content.media_type);
    return {std::move(type), std::move(bytes), content.digest};
}

inline std::vector<layer_ref> layers_in(manifest const& image, image_config const& config, descriptor const& entry)
{
    if (config.diff_ids.size() != image.layers.size())
        throw error(errc::damaged, "reading a stored image: manifest and config do not list the same layers");
    std::vector<layer_ref> layers;
    auto origins = layer_origins(entry, image.layers.size());
    for (std::size_t i = 0; i < image.layers.size(); ++i)
        layers.push_back({{image.layers[i], config.diff_ids[i]}, config.created.value_or(time_point{}), std::move(origins[i])});
    return layers;
}
}  // namespace detail

ACRX_DECL std::optional<finished_image> stored_image(oci_layout const& store, reference const& name)
{
    auto const found = store.find(to_string(name));
    if (!found)
        return std::nullopt;
    finished_image image;
    image.document = detail::read_document(store, *found);
    if (media_type::is_index(image.document.media_type)) {
        image.index = std::exchange(image.document, {});
        for (auto const& entry : parse_index(image.index->bytes, image.index->media_type).manifests) {
            auto document = detail::read_document(store, entry);
            if (image.document.bytes.empty())
                image.document = std::move(document);
            else
                image.attestations.push_back({document, parse_manifest(document.bytes, document.media_type)});
        }
    }
    image.image = parse_manifest(image.document.bytes, image.document.media_type);
    auto const config = parse_image_config(store.read_blob(image.image.config));
    image.layers = detail::layers_in(image.image, config, *found);
    image.created = config.created.value_or(time_point{});
    return image;
}
}  // namespace acrx
#endif
