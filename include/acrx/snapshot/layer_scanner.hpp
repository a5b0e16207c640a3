// Learns all that must be known of a layer while its blob streams by, without storing it.
#ifndef ACRX_SNAPSHOT_LAYER_SCANNER_HPP
#define ACRX_SNAPSHOT_LAYER_SCANNER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/snapshot/layer_index.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>

namespace acrx {
/// What is known of a layer that streamed by.
struct scanned_layer
{
    layer_index index;
    digest diff_id;                   ///< of the uncompressed archive
    std::uint64_t archive_bytes = 0;  ///< its size
};

/// Takes a layer blob (tar, gzip or zstd) piece by piece.
///
/// Decompresses, parses and hashes on two threads of its own, so that layers which arrive side by side never wait for
/// each other's place in a pool. Holds a few megabytes. Its operations are for one coroutine at a time.
class layer_scanner
{
public:
    /// @param pool  where the wait for a full queue is spent; never where the work is done
    ACRX_DECL explicit layer_scanner(net::any_io_executor pool);
    ACRX_DECL layer_scanner(layer_scanner&&) noexcept;
    ACRX_DECL layer_scanner& operator=(layer_scanner&&) noexcept;
    /// Abandons what is not finished, and waits for the threads: at most the time that one piece takes.
    ACRX_DECL ~layer_scanner();

    /// Copies the next bytes of the blob; completes at once unless the scanner is some megabytes behind.
    /// @throws error (`errc::damaged`) if what came so far is no layer
    ACRX_DECL net::awaitable<void> write(std::span<std::byte const> bytes);
    /// Ends the blob. @throws error (`errc::damaged`) if it is not whole
    ACRX_DECL net::awaitable<scanned_layer> finish();

    struct work;

private:
    net::any_io_executor pool_;
    std::shared_ptr<work> work_;
};

/// Scans a stored blob. Blocks, and uses one more thread.
/// @throws error (`errc::damaged`) if it is no layer, `errc::canceled` when `stop` is asked for
ACRX_DECL scanned_layer scan_layer(std::filesystem::path const& blob, std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/layer_scanner.ipp>
#endif
#endif
