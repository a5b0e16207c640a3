// The plain bytes of a layer, hashed on a thread of their own while they are being used.
#ifndef ACRX_SNAPSHOT_DETAIL_HASHED_STREAM_HPP
#define ACRX_SNAPSHOT_DETAIL_HASHED_STREAM_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/io/decompressor.hpp>

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace acrx::detail {
/// Reads a decompressor into a ring of buffers. The user works on one piece, the hashing thread follows behind.
class hashed_stream
{
public:
    /// @param stop  asked for before each piece
    ACRX_DECL hashed_stream(decompressor in, std::stop_token stop);
    hashed_stream(hashed_stream const&) = delete;
    hashed_stream& operator=(hashed_stream const&) = delete;
    ACRX_DECL ~hashed_stream();

    /// The next piece, valid until the next call; empty at the end. @throws error, `errc::canceled` for one
    ACRX_DECL std::span<std::byte const> next();
    /// The digest of all pieces. To be called once, after the end.
    ACRX_DECL digest finish();

private:
    static constexpr std::size_t pieces = 16;
    static constexpr std::size_t piece_bytes = 256 * 1024;
    ACRX_DECL void hash();
    ACRX_DECL void end();

    decompressor in_;
    std::stop_token stop_;
    std::vector<std::vector<std::byte>> ring_;
    std::array<std::size_t, pieces> sizes_{};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t filled_ = 0;  ///< pieces read so far
    std::uint64_t hashed_ = 0;  ///< and hashed; at most `pieces` behind
    bool ended_ = false;
    sha256 sum_;
    std::thread hasher_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/hashed_stream.ipp>
#endif
#endif
