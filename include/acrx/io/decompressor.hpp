// Decompression of a stream, by what its first bytes say.
#ifndef ACRX_IO_DECOMPRESSOR_HPP
#define ACRX_IO_DECOMPRESSOR_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace acrx {
/// Which formats a decompressor knows beside plain bytes, gzip (also of several members) and zstd (also of several
/// frames, skippable ones too).
enum class formats
{
    of_layers,    ///< no more than these: what an image layer may be
    of_archives,  ///< bzip2 and xz too
};

/// Turns a compressed stream into plain bytes; one that is not compressed passes through.
/// Memory is bounded: some hundred kilobytes, and for zstd a window of up to 128 MiB. For one thread.
class decompressor
{
public:
    /// @param name  of the stream, for error texts
    ACRX_DECL decompressor(byte_source in, std::string name, formats known = formats::of_layers);
    ACRX_DECL decompressor(decompressor&&) noexcept;
    ACRX_DECL decompressor& operator=(decompressor&&) noexcept;
    ACRX_DECL ~decompressor();

    /// Fills `into` with the next plain bytes.
    /// @return how many; fewer than `into` has room for, or 0, only at the end
    /// @throws error (`errc::damaged`) for a stream that is cut short, fails its check sum, or goes on with anything
    ///         but zero bytes or another member
    ACRX_DECL std::size_t read(std::span<std::byte> into);
    /// Compressed bytes taken so far.
    ACRX_DECL std::uint64_t consumed() const noexcept;

    struct engine;

private:
    std::unique_ptr<engine> engine_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/decompressor.ipp>
#endif
#endif
