// What is known of a layer once it has been written.
#ifndef ACRX_SNAPSHOT_PACKED_LAYER_HPP
#define ACRX_SNAPSHOT_PACKED_LAYER_HPP

#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/media_types.hpp>

#include <string_view>

namespace acrx {
/// How the bytes of a layer are stored.
enum class compression
{
    none,
    gzip,
    zstd
};

/// The media type of a layer, in the OCI family.
constexpr std::string_view layer_media_type(compression format)
{
    switch (format) {
    case compression::gzip: return media_type::oci_layer_gzip;
    case compression::zstd: return media_type::oci_layer_zstd;
    case compression::none: break;
    }
    return media_type::oci_layer;
}

/// A layer blob and the archive inside it.
struct packed_layer
{
    descriptor blob;  ///< media type of the OCI family, digest and size of the stored bytes
    digest diff_id;   ///< digest of the uncompressed archive

    bool operator==(packed_layer const&) const = default;
};
}  // namespace acrx
#endif
