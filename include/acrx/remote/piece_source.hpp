// Cuts a stream into pieces where its content says so: an edit changes the pieces around it, and no others.
#ifndef ACRX_REMOTE_PIECE_SOURCE_HPP
#define ACRX_REMOTE_PIECE_SOURCE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace acrx {
/// Bytes of the shortest piece; the last one of a stream may be shorter.
inline constexpr std::size_t least_piece = std::size_t{4} << 10;
/// Bytes of the longest piece.
inline constexpr std::size_t longest_piece = std::size_t{64} << 10;

/// Gives a stream piece by piece, usually of some 20 KiB. A piece ends where a sum over the last 64 bytes has a certain
/// form (FastCDC's gear sum), so equal parts of two streams are cut alike, wherever they stand. For one thread.
class piece_source
{
public:
    explicit piece_source(byte_source in) : in_(std::move(in)) { piece_.reserve(longest_piece); }

    /// The next piece, valid until the next call; empty at the end. @throws what the stream throws
    ACRX_DECL std::span<std::byte const> next();

private:
    byte_source in_;
    std::span<std::byte const> left_ = {};  ///< what the stream gave and no piece has taken
    std::vector<std::byte> piece_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/piece_source.ipp>
#endif
#endif
