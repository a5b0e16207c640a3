// Compresses blocks, each a gzip member or zstd frame of its own, and takes them apart again.
#ifndef ACRX_SNAPSHOT_DETAIL_BLOCK_CODEC_HPP
#define ACRX_SNAPSHOT_DETAIL_BLOCK_CODEC_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/detail/byte_buffer.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace acrx::detail {
/// For one thread at a time. Equal bytes give equal blocks, whatever came before.
class block_codec
{
public:
    /// @throws error (`errc::invalid_argument`) for a level that the format does not have
    ACRX_DECL block_codec(compression format, int level);
    ACRX_DECL block_codec(block_codec&&) noexcept;
    ACRX_DECL block_codec& operator=(block_codec&&) noexcept;
    ACRX_DECL ~block_codec();

    /// @return  the block, in `into`; `plain` itself if the format is none
    ACRX_DECL std::span<std::byte const> compress(std::span<std::byte const> plain, byte_buffer& into);
    /// Whether `packed` is one whole block of exactly `plain.size()` bytes whose check sum is right.
    ACRX_DECL bool decompress(std::span<std::byte const> packed, std::span<std::byte> plain);

    /// Format, library version and level: what decides on the bytes of a block.
    static ACRX_DECL std::string name(compression format, int level);

private:
    struct engines;
    compression format_;
    std::unique_ptr<engines> engines_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/block_codec.ipp>
#endif
#endif
