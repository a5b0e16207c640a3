// Accepts connections and owns them until they have ended.
#ifndef ACRX_HTTP_DETAIL_HTTP_LISTENER_HPP
#define ACRX_HTTP_DETAIL_HTTP_LISTENER_HPP
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/http/server_options.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace acrx::detail {
/// Handlers of all types look the same to the connections.
using http_service = std::function<net::awaitable<http_reply>(served_request&)>;

/// What `basic_http_server` is made of, whatever its handler.
class http_listener
{
public:
    ACRX_DECL http_listener(net::any_io_executor executor, http_server_options options, http_service serve);
    ACRX_DECL http_listener(net::ip::tcp::acceptor acceptor, http_server_options options, http_service serve);
    ACRX_DECL ~http_listener();

    ACRX_DECL std::uint16_t port() const noexcept;
    ACRX_DECL net::awaitable<void> run();
    ACRX_DECL void stop() noexcept;
    ACRX_DECL void reload_certificate();

private:
    struct state;
    std::unique_ptr<state> state_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/http_listener.ipp>
#endif
#endif
