// Media types of both image families, and the translation between them.
#ifndef ACRX_IMAGE_MEDIA_TYPES_HPP
#define ACRX_IMAGE_MEDIA_TYPES_HPP

#include <string_view>

namespace acrx {
/// The two families of media types; one manifest never mixes them.
enum class image_family
{
    oci,
    docker
};

namespace media_type {
inline constexpr std::string_view oci_index = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view oci_manifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view oci_config = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view oci_layer = "application/vnd.oci.image.layer.v1.tar";
inline constexpr std::string_view oci_layer_gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
inline constexpr std::string_view oci_layer_zstd = "application/vnd.oci.image.layer.v1.tar+zstd";
inline constexpr std::string_view oci_empty = "application/vnd.oci.empty.v1+json";
inline constexpr std::string_view oci_foreign_layer = "application/vnd.oci.image.layer.nondistributable.v1.tar";
inline constexpr std::string_view oci_foreign_layer_gzip =
    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
inline constexpr std::string_view oci_foreign_layer_zstd =
    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd";
inline constexpr std::string_view docker_index = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view docker_manifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view docker_config = "application/vnd.docker.container.image.v1+json";
inline constexpr std::string_view docker_layer = "application/vnd.docker.image.rootfs.diff.tar";
inline constexpr std::string_view docker_layer_gzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";
inline constexpr std::string_view docker_foreign_layer = "application/vnd.docker.image.rootfs.foreign.diff.tar";
inline constexpr std::string_view docker_foreign_layer_gzip =
    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

constexpr bool is_index(std::string_view type) { return type == oci_index || type == docker_index; }
constexpr bool is_manifest(std::string_view type) { return type == oci_manifest || type == docker_manifest; }

/// The same kind of content in `family`; a type that has no twin there is returned as it is.
constexpr std::string_view in_family(std::string_view type, image_family family)
{
    constexpr std::string_view pairs[][2] = {{oci_index, docker_index},   {oci_manifest, docker_manifest},
                                             {oci_config, docker_config}, {oci_layer, docker_layer},
                                             {oci_layer_gzip, docker_layer_gzip},
                                             {oci_foreign_layer, docker_foreign_layer},
                                             {oci_foreign_layer_gzip, docker_foreign_layer_gzip}};
    for (auto const& [oci, docker] : pairs)
        if (type == oci || type == docker)
            return family == image_family::oci ? oci : docker;
    return type;
}

/// The type of the same layer where it may be distributed; any other type is returned as it is.
constexpr std::string_view distributable(std::string_view type)
{
    constexpr std::string_view pairs[][2] = {{oci_foreign_layer, oci_layer},
                                             {oci_foreign_layer_gzip, oci_layer_gzip},
                                             {oci_foreign_layer_zstd, oci_layer_zstd},
                                             {docker_foreign_layer, docker_layer},
                                             {docker_foreign_layer_gzip, docker_layer_gzip}};
    for (auto const& [foreign, own] : pairs)
        if (type == foreign)
            return own;
    return type;
}
}  // namespace media_type
}  // namespace acrx
#endif
