// What lets the next layer take over the compressed blocks of one that was written before.
#ifndef ACRX_SNAPSHOT_LAYER_REUSE_HPP
#define ACRX_SNAPSHOT_LAYER_REUSE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One block of a layer blob: a gzip member, zstd frame or plain piece that stands for a piece of the archive.
struct block_record
{
    std::optional<sha256_bytes> key;    ///< stands for the archive bytes; nothing if some content has no known digest
    std::uint32_t check = 0;            ///< CRC-32 of the bytes in the blob
    std::uint64_t archive_length = 0;   ///< bytes
    std::uint64_t blob_offset = 0;      ///< bytes
    std::uint64_t blob_length = 0;      ///< bytes
    sha256_midstate archive_sum{};      ///< of the archive up to the end of this block
    sha256_midstate blob_sum{};         ///< of the blob up to the end of this block, or up to 63 bytes before it

    bool operator==(block_record const&) const = default;
};

/// The blocks of a layer blob, in their order, without gaps.
///
/// Where a block ends depends on the entries nearby and on nothing else, so a layer with one changed file shares all
/// but one or two blocks with the layer before the change.
struct block_table
{
    std::string codec;  ///< format, library version and level; blocks of different codecs are never mixed
    std::vector<block_record> blocks;

    /// A compact, versioned binary form: about 110 bytes a block, so 1 MiB stands for some 9 GiB.
    ACRX_DECL std::string to_bytes() const;
    /// @throws error (`errc::damaged`) if the bytes are cut short, changed or of another version
    static ACRX_DECL block_table from_bytes(std::string_view bytes);

    bool operator==(block_table const&) const = default;
};

/// A layer that was written before and is still on this host.
struct previous_layer
{
    std::filesystem::path blob;  ///< may be missing or damaged: then less is taken over
    block_table table;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/layer_reuse.ipp>
#endif
#endif
