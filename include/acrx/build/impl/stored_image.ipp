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

inline finished_image read_image(oci_layout const& store, manifest_document document, descriptor const& entry)
{
    finished_image image;
    image.document = std::move(document);
    image.image = parse_manifest(image.document.bytes, image.document.media_type);
    auto const config = parse_image_config(store.read_blob(image.image.config));
    image.platform = config.platform;
    image.layers = layers_in(image.image, config, entry);
    image.created = config.created.value_or(time_point{});
    return image;
}
}  // namespace detail

ACRX_DECL std::optional<finished_build> stored_image(oci_layout const& store, reference const& name)
{
    auto const found = store.find(to_string(name));
    if (!found)
        return std::nullopt;
    finished_build build;
    auto document = detail::read_document(store, *found);
    if (!media_type::is_index(document.media_type)) {
        build.images.push_back(detail::read_image(store, std::move(document), *found));
        return build;
    }
    for (auto const& entry : parse_index(document.bytes, document.media_type).manifests) {
        auto part = detail::read_document(store, entry);
        if (!entry.annotations.contains("vnd.docker.reference.digest"))
            build.images.push_back(detail::read_image(store, std::move(part), *found));
        else if (!build.images.empty())  // pushed with whatever image: before the index that names both
            build.images.back().attestations.push_back({part, parse_manifest(part.bytes, part.media_type)});
    }
    if (build.images.empty())
        throw error(errc::damaged, "reading " + to_string(name) + ": the index lists no image");
    build.index = std::move(document);
    return build;
}
}  // namespace acrx
#endif
