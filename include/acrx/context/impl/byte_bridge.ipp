// Bodies of context/detail/byte_bridge.hpp.
#ifndef ACRX_CONTEXT_IMPL_BYTE_BRIDGE_IPP
#define ACRX_CONTEXT_IMPL_BYTE_BRIDGE_IPP
#include <acrx/context/detail/byte_bridge.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A pair of connected sockets: unlike a pipe, they raise no signal when the other side is gone.
struct byte_bridge
{
    explicit byte_bridge(net::any_io_executor const& host) : entrance(host)
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            throw_errno("making a pair of sockets");
        unique_fd first(ends[0]);
        exit.reset(ends[1]);
        entrance.assign(net::local::stream_protocol(), first.get());
        first.release();
    }
    std::span<std::byte const> next()
    {
        for (;;) {
            auto const size = ::read(exit.get(), piece.data(), piece.size());
            if (size >= 0)
                return std::span<std::byte const>(piece).first(static_cast<std::size_t>(size));
            if (errno != EINTR)
                throw_errno("reading from a socket");
        }
    }
    void end() noexcept
    {
        error_code ignored;
        entrance.close(ignored);
    }

    net::local::stream_protocol::socket entrance;
    unique_fd exit;
    std::vector<std::byte> piece = std::vector<std::byte>(256 * 1024);
    std::exception_ptr failure;  ///< what failed first
};

/// Whether a producer failed only because nobody reads any more.
inline bool is_broken_bridge(std::exception_ptr const& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (boost::system::system_error const& e) {
        return e.code() == net::error::broken_pipe || e.code() == net::error::connection_reset;
    } catch (...) {
        return false;
    }
}

/// Tells the reader of its end, also when it fails.
struct closing_exit
{
    byte_bridge& bridge;
    ~closing_exit() { bridge.exit.reset(); }
};

/// Never throws: that the stream ends early must reach the consumer before anything is cancelled.
inline net::awaitable<void> produce_into(std::shared_ptr<byte_bridge> bridge, byte_producer produce)
{
    byte_sink sink = [bridge](std::span<std::byte const> bytes) -> net::awaitable<void> {
        auto const buffer = net::buffer(bytes.data(), bytes.size());
        co_await net::async_write(bridge->entrance, buffer, net::use_awaitable);
    };
    auto producing = settle(produce(std::move(sink)));
    auto const result = co_await std::move(producing);
    bridge->end();
    if (result.failure && !bridge->failure && !is_broken_bridge(result.failure))
        bridge->failure = result.failure;
}

/// Throws, so that a producer that waits for its peer is cancelled.
inline net::awaitable<void> consume_from(std::shared_ptr<byte_bridge> bridge, byte_consumer consume)
{
    std::function<void(std::stop_token)> work = [bridge, consume = std::move(consume)](std::stop_token stop) {
        closing_exit const closing{*bridge};
        consume([bridge] { return bridge->next(); }, std::move(stop));
    };
    auto consuming = settle(in_thread(std::move(work)));
    auto const result = co_await std::move(consuming);
    if (!result.failure)
        co_return;
    if (!bridge->failure)
        bridge->failure = result.failure;
    std::rethrow_exception(result.failure);
}

ACRX_DECL net::awaitable<void> in_thread(std::function<void(std::stop_token)> work)
{
    net::thread_pool thread(1);
    net::any_io_executor const executor = thread.get_executor();
    co_await offload(executor, std::move(work));
}

ACRX_DECL net::awaitable<void> carry(byte_producer produce, byte_consumer consume)
{
    using namespace net::experimental::awaitable_operators;
    auto const bridge = std::make_shared<byte_bridge>(co_await net::this_coro::executor);
    auto producing = produce_into(bridge, std::move(produce));
    auto consuming = consume_from(bridge, std::move(consume));
    auto both = settle(std::move(producing) && std::move(consuming));
    auto const result = co_await std::move(both);
    if (bridge->failure)  // the first one: what came after is its consequence
        std::rethrow_exception(bridge->failure);
    if (result.failure)
        std::rethrow_exception(result.failure);
}
}  // namespace acrx::detail
#endif
