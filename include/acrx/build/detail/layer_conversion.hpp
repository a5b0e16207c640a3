// Whether a layer is stored in a format, and the same layer in another one.
#ifndef ACRX_BUILD_DETAIL_LAYER_CONVERSION_HPP
#define ACRX_BUILD_DETAIL_LAYER_CONVERSION_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/snapshot/convert_layer.hpp>

#include <stop_token>
#include <string>

namespace acrx::detail {
/// Whether a layer need not be converted. Layers that must not be distributed are never touched.
inline bool is_stored_as(descriptor const& blob, layer_format const& format)
{
    auto const type = media_type::in_family(blob.media_type, image_family::oci);
    bool const is_seekable = blob.annotations.contains(std::string(contents_table_annotation));
    if (!blob.urls.empty() || is_seekable != format.is_seekable)
        return !blob.urls.empty();
    switch (format.compression) {
    case compression::gzip: return type == media_type::oci_layer_gzip;
    case compression::zstd: return type == media_type::oci_layer_zstd;
    case compression::none: break;
    }
    return type == media_type::oci_layer;
}

/// The same layer in that format; lies in the store then. @param blob  lies there already
inline packed_layer convert_layer(oci_layout& store, digest const& blob, layer_format const& format,
                                  std::stop_token stop)
{
    auto const from = store.blob_path(blob);
    auto const to = store.temporary();
    auto converted = format.is_seekable ? make_seekable_layer(from, to, format.level, stop)
                                        : recompress_layer(from, to, format.compression, format.level, stop);
    store.adopt(to, converted.blob.digest);
    return converted;
}
}  // namespace acrx::detail
#endif
