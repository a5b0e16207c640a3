// Bodies of http/detail/http_listener.hpp.
#ifndef ACRX_HTTP_IMPL_HTTP_LISTENER_IPP
#define ACRX_HTTP_IMPL_HTTP_LISTENER_IPP
#include <acrx/http/detail/http_listener.hpp>
#include <acrx/http/detail/served_connection.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
#include <map>

namespace acrx::detail {
using net::ip::tcp;

inline std::shared_ptr<net::ssl::context> server_tls_context(http_server_options const& options)
{
    if (options.certificate.empty())
        return nullptr;
    auto context = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    error_code failed;
    context->use_certificate_chain_file(options.certificate.string(), failed);
    if (failed)
        throw error(failed, "reading the certificate " + options.certificate.string());
    context->use_private_key_file(options.private_key.string(), net::ssl::context::pem, failed);
    if (failed)
        throw error(failed, "reading the private key " + options.private_key.string(),
                    "It must be the key of the certificate, as PEM, without a password.");
    return context;
}

inline tcp::acceptor listening_socket(net::any_io_executor executor, http_server_options const& options)
{
    auto const doing = "listening on " + options.address + ":" + std::to_string(options.port);
    error_code failed;
    auto const address = net::ip::make_address(options.address, failed);
    if (failed)
        throw error(errc::invalid_argument, doing, "Give an IP address of this machine.");
    tcp::endpoint const end(address, options.port);
    tcp::acceptor acceptor(std::move(executor));
    acceptor.open(end.protocol(), failed);
    if (!failed)
        acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed && address.is_v6() && address.is_unspecified())
        acceptor.set_option(net::ip::v6_only(false), failed);
    if (!failed)
        acceptor.bind(end, failed);
    if (!failed)
        acceptor.listen(tcp::acceptor::max_listen_connections, failed);
    if (failed)
        throw error(failed, doing, "Choose another address or port with --listen.");
    return acceptor;
}

/// IPv4 addresses look the same whether they come through a socket of IPv6 or not.
inline std::string address_text(net::ip::address const& address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

struct http_listener::state
{
    struct live
    {
        live(served_settings const& settings, tcp::socket socket, std::string peer)
            : connection(settings, std::move(socket), std::move(peer))
        {}
        served_connection connection;
        net::cancellation_signal stop;
    };

    state(tcp::acceptor listening, http_server_options options, http_service serve)
        : acceptor(std::move(listening)), changed(acceptor.get_executor(), net::steady_timer::time_point::max())
    {
        settings.tls = server_tls_context(options);
        settings.options = std::move(options);
        settings.serve = std::move(serve);
    }

    void start(tcp::socket socket);
    /// Waits until a connection ends, the server stops, or `limit` has passed.
    net::awaitable<void> wait_for_change(net::steady_timer::time_point limit);
    net::awaitable<void> accept_all();
    net::awaitable<void> drain();

    served_settings settings;
    tcp::acceptor acceptor;
    net::steady_timer changed;
    std::list<live> connections;
    std::map<std::string, std::size_t> per_peer;
    bool is_stopping = false;
};

inline void http_listener::state::start(tcp::socket socket)
{
    error_code gone;
    auto const other = socket.remote_endpoint(gone);
    if (gone)
        return;
    auto peer = address_text(other.address());
    if (per_peer[peer] >= settings.options.connections_per_peer)
        return;
    ++per_peer[peer];
    auto const executor = socket.get_executor();
    auto const place = connections.emplace(connections.end(), settings, std::move(socket), std::move(peer));
    auto ended = [this, place](std::exception_ptr failure) {
        // A network that fails is the client's affair; what handlers throw has been told already.
        if (failure && settings.options.failed) {
            try {
                std::rethrow_exception(failure);
            } catch (boost::system::system_error const&) {
            } catch (...) {
                settings.options.failed(failure);
            }
        }
        if (--per_peer[place->connection.peer()] == 0)
            per_peer.erase(place->connection.peer());
        connections.erase(place);
        changed.cancel();
    };
    net::co_spawn(executor, place->connection.run(), net::bind_cancellation_slot(place->stop.slot(), std::move(ended)));
}

inline net::awaitable<void> http_listener::state::wait_for_change(net::steady_timer::time_point limit)
{
    error_code ended;
    changed.expires_at(limit);
    co_await changed.async_wait(net::redirect_error(net::use_awaitable, ended));
}

inline net::awaitable<void> http_listener::state::accept_all()
{
    while (!is_stopping) {
        auto const asked = co_await net::this_coro::cancellation_state;
        if (asked.cancelled() != net::cancellation_type::none)
            break;
        if (connections.size() >= settings.options.connections) {
            co_await wait_for_change(net::steady_timer::time_point::max());
            continue;
        }
        error_code failed;
        auto socket = co_await acceptor.async_accept(net::redirect_error(net::use_awaitable, failed));
        if (!failed)
            start(std::move(socket));
        else if (failed != net::error::operation_aborted)  // e.g. out of descriptors: they come back
            co_await wait_for_change(std::chrono::steady_clock::now() + std::chrono::milliseconds(100));
    }
}

inline net::awaitable<void> http_listener::state::drain()
{
    error_code ignored;
    acceptor.close(ignored);
    for (auto& each : connections)
        each.connection.finish();
    auto const end = std::chrono::steady_clock::now() + settings.options.drain_timeout;
    while (!connections.empty() && std::chrono::steady_clock::now() < end)
        co_await wait_for_change(end);
    for (auto& each : connections)
        each.stop.emit(net::cancellation_type::terminal);
    while (!connections.empty())
        co_await wait_for_change(net::steady_timer::time_point::max());
}

ACRX_DECL http_listener::http_listener(net::any_io_executor executor, http_server_options options, http_service serve)
    : http_listener(listening_socket(std::move(executor), options), options, std::move(serve))
{}

ACRX_DECL http_listener::http_listener(tcp::acceptor acceptor, http_server_options options, http_service serve)
    : state_(std::make_unique<state>(std::move(acceptor), std::move(options), std::move(serve)))
{}

ACRX_DECL http_listener::~http_listener() = default;

ACRX_DECL std::uint16_t http_listener::port() const noexcept
{
    error_code ignored;
    return state_->acceptor.local_endpoint(ignored).port();
}

ACRX_DECL net::awaitable<void> http_listener::run()
{
    bool const throws = co_await net::this_coro::throw_if_cancelled();
    co_await net::this_coro::throw_if_cancelled(false);
    co_await state_->accept_all();
    co_await state_->drain();
    co_await net::this_coro::throw_if_cancelled(throws);
}

ACRX_DECL void http_listener::stop() noexcept
{
    state_->is_stopping = true;
    error_code ignored;
    state_->acceptor.cancel(ignored);
    state_->changed.cancel();
}

ACRX_DECL void http_listener::reload_certificate()
{
    state_->settings.tls = server_tls_context(state_->settings.options);
}
}  // namespace acrx::detail
#endif
