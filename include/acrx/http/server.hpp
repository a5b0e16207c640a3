// An HTTP/1.1 server: kept-alive connections, TLS, limits for everything that a client decides, a graceful end.
#ifndef ACRX_HTTP_SERVER_HPP
#define ACRX_HTTP_SERVER_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/detail/http_listener.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/http/server_options.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <utility>

namespace acrx {
/// Listens, and answers with a handler.
///
/// Owns its handler. Must stay in place while `run` is awaited.
/// @par Thread safety
/// The executor must be a single thread or a strand; everything is called there.
template<http_handler Handler>
class basic_http_server
{
public:
    /// Listens at once; connections wait until `run` accepts them.
    /// @throws error if the address is taken or not of this machine, or the certificate cannot be used
    basic_http_server(net::any_io_executor executor, http_server_options options, Handler handler);
    /// Serves on a socket that listens already; the address and port of the options do not count.
    basic_http_server(net::ip::tcp::acceptor acceptor, http_server_options options, Handler handler);

    std::uint16_t port() const noexcept;
    Handler& handler() noexcept { return handler_; }
    /// Serves until `stop` or cancellation. Then it accepts no more, closes idle connections, and waits for answers
    /// under way up to `drain_timeout`, when it cancels them.
    net::awaitable<void> run();
    /// Makes `run` return soon; called on its executor.
    void stop() noexcept;
    /// Reads the certificate and its key again, for new connections. @throws error, and keeps the old ones
    void reload_certificate();

private:
    Handler handler_;
    detail::http_listener listener_;
};
template<class Handler>
basic_http_server(net::any_io_executor, http_server_options, Handler) -> basic_http_server<Handler>;
template<class Handler>
basic_http_server(net::ip::tcp::acceptor, http_server_options, Handler) -> basic_http_server<Handler>;
}  // namespace acrx

#include <acrx/http/impl/server.hpp>
#endif
