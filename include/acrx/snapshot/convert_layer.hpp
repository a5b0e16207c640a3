// Stores the layers that are there already in another way.
#ifndef ACRX_SNAPSHOT_CONVERT_LAYER_HPP
#define ACRX_SNAPSHOT_CONVERT_LAYER_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <filesystem>
#include <stop_token>
#include <string_view>

namespace acrx {
/// Compresses a layer anew. The archive in it, and so its diff id, stays the same.
///
/// @param blob   the stored layer, compressed or not
/// @param to     the file to make; removed when this throws
/// @param level  as in `pack_options`
/// @throws error  `errc::damaged` for a blob that is cut short, `errc::canceled` when `stop` is asked for
/// Blocks; some megabytes of memory.
ACRX_DECL packed_layer recompress_layer(std::filesystem::path const& blob, std::filesystem::path const& to,
                                        compression format, int level, std::stop_token stop = {});

/// Makes an eStargz layer: gzip whose files start members of their own, with a table of contents at its end, so that a
/// runtime can fetch one file at a time. The archive gets two more files and so another diff id; the annotations of the
/// blob name the table.
/// @throws error  as above; `errc::not_supported` for a layer that has a path twice
/// @par See containerd/stargz-snapshotter, docs/estargz.md
ACRX_DECL packed_layer make_seekable_layer(std::filesystem::path const& blob, std::filesystem::path const& to, int level,
                                           std::stop_token stop = {});

/// The annotation that only eStargz layers have: the digest of the table of contents.
inline constexpr std::string_view contents_table_annotation = "containerd.io/snapshot/stargz/toc.digest";
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/convert_layer.ipp>
#endif
#endif
