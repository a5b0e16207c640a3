// One connection to a server, plain or TLS, and the pool that keeps those that are idle.
#ifndef ACRX_HTTP_DETAIL_CONNECTION_HPP
#define ACRX_HTTP_DETAIL_CONNECTION_HPP
// Only bodies include this: it brings Beast and Asio's TLS.
#include <acrx/core/error.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// What is read at once while the end of a head is not in sight, and the longest answer of a proxy; bytes.
inline constexpr std::size_t input_piece = std::size_t{64} << 10;

/// Owns the socket; every operation ends after the idle timeout at the latest.
class connection
{
public:
    using plain_stream = boost::beast::tcp_stream;
    using tls_stream = net::ssl::stream<plain_stream&>;

    connection(net::any_io_executor executor, std::chrono::milliseconds idle_timeout)
        : transport_(std::move(executor)), idle_timeout_(idle_timeout)
    {}

    plain_stream& transport() noexcept { return transport_; }
    tls_stream* tls() noexcept { return tls_ ? &*tls_ : nullptr; }
    void start_tls(net::ssl::context& context) { tls_.emplace(transport_, context); }

    /// @return 0 at the end of the stream
    ACRX_DECL net::awaitable<std::size_t> read_some(net::mutable_buffer into);
    /// Reads more into `input`. @throws error (`asio.misc:2`, end of file)
    ACRX_DECL net::awaitable<void> read_more();
    ACRX_DECL net::awaitable<void> write(net::const_buffer bytes);
    /// The server has not closed it, nor said anything unasked.
    ACRX_DECL bool is_alive();
    /// Bytes of an answer are there although the request is not finished.
    ACRX_DECL bool is_answered_early();

    /// Until then bytes may be awaited, whatever the idle timeout; nothing for ever.
    std::optional<std::chrono::steady_clock::time_point> deadline;
    boost::beast::flat_buffer input;   ///< read, but not used yet
    std::unique_ptr<std::byte[]> piece;  ///< room for a piece of a body, made at first use

private:
    void start_timer();

    plain_stream transport_;
    std::optional<tls_stream> tls_;
    std::chrono::milliseconds idle_timeout_;
};

/// What all copies of a client share.
struct connection_pool
{
    explicit connection_pool(http_options o) : options(std::move(o)) {}

    /// A kept connection that is still good, or none.
    ACRX_DECL std::unique_ptr<connection> take(std::string const& key);
    ACRX_DECL void keep(std::string const& key, std::unique_ptr<connection> link);
    /// A new connection, past the TLS handshake.
    ACRX_DECL net::awaitable<std::unique_ptr<connection>> dial(url target, bool verify_peer);
    /// The authorities and client certificates for a host; made once.
    ACRX_DECL net::ssl::context& tls_context(url const& target, bool verify_peer);

    http_options options;
    std::map<std::string, std::vector<std::unique_ptr<connection>>> idle;
    std::map<std::string, net::ssl::context> contexts;
    std::set<void const*> trusting_system;  ///< certificate stores that hold the system's authorities
};

/// Connections with the same key may serve each other's requests.
inline std::string connection_key(url const& target, bool verify_peer)
{
    return target.scheme + "://" + authority(target) + (verify_peer ? "" : " unverified");
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/connection.ipp>
#include <acrx/http/impl/dial.ipp>
#endif
#endif
