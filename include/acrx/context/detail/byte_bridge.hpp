// Carries bytes from a coroutine to a thread that waits for them, a few at a time.
#ifndef ACRX_CONTEXT_DETAIL_BYTE_BRIDGE_HPP
#define ACRX_CONTEXT_DETAIL_BYTE_BRIDGE_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <stop_token>

namespace acrx::detail {
/// Gives bytes to a sink until there are no more.
using byte_producer = std::function<net::awaitable<void>(byte_sink)>;
/// Reads a source in a thread, where it may block.
using byte_consumer = std::function<void(byte_source, std::stop_token)>;

/// Runs both at once until both have ended; the producer waits while the consumer is busy.
///
/// What the producer throws counts before what the consumer makes of the early end; a consumer that fails stops the
/// producer. Cancellation stops both.
ACRX_DECL net::awaitable<void> carry(byte_producer produce, byte_consumer consume);

/// Runs `work` in a thread of its own while the caller's coroutine waits.
ACRX_DECL net::awaitable<void> in_thread(std::function<void(std::stop_token)> work);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/byte_bridge.ipp>
#endif
#endif
