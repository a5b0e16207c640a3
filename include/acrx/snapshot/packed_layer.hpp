// What is known of a layer once it has been written.
#ifndef ACRX_SNAPSHOT_PACKED_LAYER_HPP
#define ACRX_SNAPSHOT_PACKED_LAYER_HPP

#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>

namespace acrx {
/// How the bytes of a layer are stored.
enum class compression
{
    none,
    gzip,
    zstd
};

/// A layer blob and the archive inside it.
struct packed_layer
{
    descriptor blob;  ///< media type of the OCI family, digest and size of the stored bytes
    digest diff_id;   ///< digest of the uncompressed archive

    bool operator==(packed_layer const&) const = default;
};
}  // namespace acrx
#endif
