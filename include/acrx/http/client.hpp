// An HTTP/1.1 client: kept-alive connections, TLS, proxies, bodies streamed both ways.
#ifndef ACRX_HTTP_CLIENT_HPP
#define ACRX_HTTP_CLIENT_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/message.hpp>
#include <acrx/http/proxy.hpp>
#include <acrx/version.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace acrx {
/// How an `http_client` connects.
struct http_options
{
    std::chrono::milliseconds connect_timeout{15'000};  ///< for name, connection and TLS together
    std::chrono::milliseconds idle_timeout{60'000};     ///< without a byte in either direction
    std::string user_agent = "acrx/" + std::string(version);
    std::filesystem::path ca_file;                              ///< more authorities to trust; empty for none
    std::filesystem::path certs_dir = "/etc/docker/certs.d";  ///< `HOST[:PORT]/` with *.crt, *.cert and *.key
    proxy_settings proxies = proxy_settings::from_environment();
    std::size_t idle_connections = 8;  ///< kept open per host
    std::filesystem::path unix_socket = {};  ///< where all connections go, whatever the target; empty for TCP
};

/// Told how many more bytes have gone out or come in.
using transfer_observer = std::function<void(std::uint64_t)>;

/// The server showed a certificate that was not accepted.
ACRX_DECL bool is_certificate_failure(error_code const& code) noexcept;

namespace detail {
struct connection_pool;
struct exchange;
}  // namespace detail

/// An answer whose body has not been read yet. Its connection goes back to the pool when the body is at its end,
/// and is closed when this ends before.
class http_answer
{
public:
    ACRX_DECL explicit http_answer(std::unique_ptr<detail::exchange> exchange) noexcept;
    ACRX_DECL http_answer(http_answer&&) noexcept;
    ACRX_DECL http_answer& operator=(http_answer&&) noexcept;
    ACRX_DECL ~http_answer();

    /// Status and headers; the body in it is empty.
    ACRX_DECL http_response const& head() const noexcept;
    /// Streams the body in pieces of up to 1 MiB.
    /// @throws error if the connection ends before the body does, or what `sink` throws
    ACRX_DECL net::awaitable<void> read(byte_sink sink);
    /// The whole answer. @param limit  bytes @throws error (`errc::protocol`) if the body is larger
    ACRX_DECL net::awaitable<http_response> read_all(std::size_t limit);

private:
    std::unique_ptr<detail::exchange> exchange_;
};

/// Sends requests, over connections that it keeps.
///
/// Copies share the connections. Answers may outlive the client. Cancellation closes the connection in use. Kept
/// connections belong to the execution context they were made on, which must outlive the client.
/// @par Thread safety
/// Distinct objects: safe. Copies of one: one strand.
class http_client
{
public:
    static constexpr std::size_t default_body_limit = std::size_t{8} << 20;  ///< bytes

    ACRX_DECL explicit http_client(http_options options = {});

    /// Makes sure that a connection to `target` is there; tells connection failures from those of a request.
    ACRX_DECL net::awaitable<void> connect(url target, bool verify_peer = true);
    /// Sends `request` and reads the head of the answer; follows no redirect. A kept connection that the server
    /// had closed meanwhile is replaced once.
    /// @param sent  told of the bytes of the body as they go out; may be empty
    /// @throws error (`errc::timed_out`, `errc::unavailable`, system and TLS codes), its text naming the host
    ACRX_DECL net::awaitable<http_answer> open(http_request request, transfer_observer sent = {});
    /// `open`, then up to `max_redirects` redirects as `redirected` says.
    ACRX_DECL net::awaitable<http_answer> open_following(http_request request);
    /// `open` and `read_all`.
    ACRX_DECL net::awaitable<http_response> send(http_request request, std::size_t limit = default_body_limit);
    /// `open_following` and `read_all`.
    ACRX_DECL net::awaitable<http_response> fetch(http_request request, std::size_t limit = default_body_limit);

    ACRX_DECL http_options const& options() const noexcept;

private:
    std::shared_ptr<detail::connection_pool> pool_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/client.ipp>
#endif
#endif
