// Sends a context to a runner: only what it lacks of it, or, where it does not know of pieces, all of it.
#ifndef ACRX_REMOTE_SEND_CONTEXT_HPP
#define ACRX_REMOTE_SEND_CONTEXT_HPP

#include <acrx/core/config.hpp>
#include <acrx/remote/context_parcel.hpp>
#include <acrx/remote/runner_client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace acrx {
/// What came of it.
struct sent_context
{
    std::string relative_path;   ///< what a request names as its `sourceLocation`
    std::uint64_t size = 0;      ///< bytes of the context: of its tar, or of the archive
    std::uint64_t sent = 0;      ///< bytes that went out for it
};

/// Reads the parcel twice: to tell its pieces, and to send those that the runner lacks, some megabytes at a time. Memory
/// grows by 32 bytes a piece. Broken connections are tried again.
///
/// @param pool  the executor of a thread pool, where files are read
/// @throws error if a file cannot be read, or goes on changing; and with the runner's words
ACRX_DECL net::awaitable<sent_context> send_context(runner_client& runner, context_parcel parcel, net::any_io_executor pool);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/send_context.ipp>
#endif
#endif
