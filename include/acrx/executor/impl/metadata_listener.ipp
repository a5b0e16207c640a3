// Bodies of executor/detail/metadata_listener.hpp.
#ifndef ACRX_EXECUTOR_IMPL_METADATA_LISTENER_IPP
#define ACRX_EXECUTOR_IMPL_METADATA_LISTENER_IPP
#include <acrx/executor/detail/metadata_listener.hpp>
#include <acrx/http/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <utility>

namespace acrx::detail {
/// Small questions of a few programs: whoever wants more waits.
inline http_server_options metadata_server_options()
{
    http_server_options options;
    options.header_limit = std::size_t{8} << 10;
    options.header_timeout = options.idle_timeout = options.body_grace = std::chrono::seconds(10);
    options.connections = 32;
    options.connections_per_peer = 16;
    options.drain_timeout = std::chrono::milliseconds(0);
    return options;
}

inline net::ip::tcp::acceptor adopted_socket(net::any_io_executor executor, unique_fd socket)
{
    net::ip::tcp::acceptor acceptor(std::move(executor));
    acceptor.assign(net::ip::tcp::v4(), socket.get());
    socket.release();
    return acceptor;
}

struct metadata_listener::state
{
    state(net::ip::tcp::acceptor acceptor, metadata_service service)
        : ended(acceptor.get_executor(), net::steady_timer::time_point::max()),
          server(std::move(acceptor), metadata_server_options(), std::move(service.answer))
    {}

    static net::awaitable<void> serve(std::shared_ptr<state> self)
    {
        co_await self->server.run();
        self->has_ended = true;
        self->ended.cancel();
    }

    net::steady_timer ended;
    basic_http_server<std::function<net::awaitable<http_reply>(served_request&)>> server;
    bool has_ended = false;
};

inline std::string origin_of(net::ip::tcp::endpoint const& place)
{
    auto const port = place.port() == 80 ? std::string() : ":" + std::to_string(place.port());
    return "http://" + place.address().to_string() + port;
}

ACRX_DECL metadata_listener::metadata_listener(net::any_io_executor executor, unique_fd socket, metadata_service service)
    : metadata_listener(adopted_socket(executor, std::move(socket)), std::move(service))
{}

inline metadata_listener::metadata_listener(net::ip::tcp::acceptor acceptor, metadata_service service)
    : origin_(origin_of(acceptor.local_endpoint())), state_(std::make_shared<state>(std::move(acceptor), std::move(service)))
{
    // Owned by the state that it keeps; the server throws nothing.
    net::co_spawn(state_->ended.get_executor(), state::serve(state_), net::detached);
}

ACRX_DECL metadata_listener::~metadata_listener()
{
    state_->server.stop();
}

ACRX_DECL net::awaitable<void> metadata_listener::close()
{
    auto const kept = state_;
    kept->server.stop();
    boost::system::error_code woken;
    while (!kept->has_ended)
        co_await kept->ended.async_wait(net::redirect_error(net::use_awaitable, woken));
}
}  // namespace acrx::detail
#endif
