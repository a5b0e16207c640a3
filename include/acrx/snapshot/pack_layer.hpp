// Writes a layer: archive, hash, compress, hash and store in one pass.
#ifndef ACRX_SNAPSHOT_PACK_LAYER_HPP
#define ACRX_SNAPSHOT_PACK_LAYER_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_form.hpp>
#include <acrx/snapshot/layer_index.hpp>
#include <acrx/snapshot/layer_reuse.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace acrx {
/// How to write a layer.
struct pack_options
{
    acrx::compression compression = acrx::compression::gzip;
    int level = 1;         ///< 0 to 2 for gzip (the same bytes on any processor), 1 to 19 for zstd
    unsigned threads = 0;  ///< that compress; 0 means one a processor
    layer_form form = layer_form::plain;
    time_point folder_time{};  ///< of the folders that the form adds
    std::function<void(std::uint64_t)> progress;  ///< told the archive bytes done so far, from one thread; may be empty
    /// A layer to take unchanged blocks from instead of reading files; only where all contents have a known digest.
    std::optional<previous_layer> previous;
};

/// A layer that was written, and the list of what it holds.
struct written_layer
{
    packed_layer layer;
    layer_index index;   ///< with the paths of the archive
    block_table blocks;  ///< to be kept for `pack_options::previous` of the next layer
};

/// Writes the items as one layer to the file `to`, which it makes; the same items give the same bytes anywhere.
///
/// @param items  with the paths that the image has, sorted by `path_less`, no path twice, but a folder may be followed by
///               its opaque mark
/// @throws error if a file cannot be read, has changed its size meanwhile, or `to` cannot be written (disk full);
///         `errc::canceled` when `stop` is asked for. `to` is removed whenever this throws.
/// Blocks; uses up to `threads + 3` threads and some tens of megabytes, whatever the size of the layer.
/// @par See OCI image 1.1, layer.md; POSIX.1-2001 pax; RFC 1952
ACRX_DECL written_layer pack_layer(std::span<layer_item const> items, std::filesystem::path const& to,
                                   pack_options const& options, std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/pack_layer.ipp>
#endif
#endif
