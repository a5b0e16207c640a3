// Bodies of http/detail/connection.hpp: how a connection comes about.
#ifndef ACRX_HTTP_IMPL_DIAL_IPP
#define ACRX_HTTP_IMPL_DIAL_IPP
#include <acrx/core/base64.hpp>
#include <acrx/http/detail/connection.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace acrx::detail {
using tcp = net::ip::tcp;

inline net::awaitable<std::vector<tcp::endpoint>> look_up(std::string host, std::uint16_t port)
{
    error_code failed;
    auto const address = net::ip::make_address(host, failed);
    if (!failed)
        co_return std::vector<tcp::endpoint>{tcp::endpoint(address, port)};
    failed.clear();
    tcp::resolver resolver(co_await net::this_coro::executor);
    auto const found = co_await resolver.async_resolve(host, std::to_string(port), net::redirect_error(net::use_awaitable, failed));
    if (failed)
        throw error(failed, "looking up the host " + host, "Check the name, and the DNS servers of this machine.");
    co_return std::vector<tcp::endpoint>(found.begin(), found.end());
}

inline net::awaitable<void> connect_tcp(connection& link, url const& peer, std::chrono::milliseconds limit)
{
    auto const endpoints = co_await look_up(peer.host, peer.port);
    auto& stream = link.transport();
    error_code failed;
    stream.expires_after(limit);
    co_await stream.async_connect(endpoints, net::redirect_error(net::use_awaitable, failed));
    auto const doing = "connecting to " + peer.host + ":" + std::to_string(peer.port);
    if (failed == boost::beast::error::timeout)
        throw error(errc::timed_out, doing);
    if (failed)
        throw error(failed, doing);
    stream.socket().set_option(tcp::no_delay(true));
}

/// Connects to a socket of this machine. A local connection neither blocks nor has a name to look up.
inline void connect_unix(connection& link, std::filesystem::path const& path)
{
    net::local::stream_protocol::socket socket(link.transport().get_executor());
    error_code failed;
    socket.connect(net::local::stream_protocol::endpoint(path.string()), failed);
    if (failed)
        throw error(failed, "connecting to " + path.string());
    // The stream only reads and writes, which is the same for all connected sockets.
    link.transport().socket().assign(tcp::v4(), socket.release());
}

/// Asks a proxy for a tunnel to `target` (RFC 9110, 9.3.6).
inline net::awaitable<void> open_tunnel(connection& link, url const& target, url const& proxy)
{
    auto const peer = (target.host.find(':') == target.host.npos ? target.host : "[" + target.host + "]") + ":"
                      + std::to_string(target.port);
    auto request = "CONNECT " + peer + " HTTP/1.1\r\nHost: " + peer + "\r\n";
    if (!proxy.user_info.empty())
        request += "Proxy-Authorization: Basic " + to_base64(percent_decode(proxy.user_info)) + "\r\n";
    request += "\r\n";
    co_await link.write(net::buffer(request));
    std::string_view head;
    auto end = head.npos;
    while (end == head.npos) {
        if (head.size() > input_piece)
            throw error(errc::protocol, "asking the proxy " + authority(proxy) + " for a tunnel");
        co_await link.read_more();
        head = {static_cast<char const*>(link.input.data().data()), link.input.size()};
        end = head.find("\r\n\r\n");
    }
    auto const status = head.starts_with("HTTP/1.") && head.size() > 12 ? std::string(head.substr(9, 3)) : "?";
    if (status.front() != '2')
        throw error(status == "407" ? errc::unauthorized : errc::unavailable,
                    "asking the proxy " + authority(proxy) + " for a tunnel to " + peer + ": status " + status,
                    "Check HTTPS_PROXY and NO_PROXY.");
    link.input.consume(end + 4);
}

inline net::awaitable<void> shake_hands(connection& link, url const& target, bool verify_peer, std::chrono::milliseconds limit)
{
    auto& tls = *link.tls();
    auto* const native = tls.native_handle();
    error_code is_name;
    net::ip::make_address(target.host, is_name);
    if (is_name)
        SSL_set_tlsext_host_name(native, target.host.c_str());
    constexpr unsigned char protocols[] = "\x08http/1.1";
    SSL_set_alpn_protos(native, protocols, sizeof(protocols) - 1);
    tls.set_verify_mode(verify_peer ? net::ssl::verify_peer : net::ssl::verify_none);
    if (verify_peer)
        tls.set_verify_callback(net::ssl::host_name_verification(target.host));
    error_code failed;
    link.transport().expires_after(limit);
    co_await tls.async_handshake(net::ssl::stream_base::client, net::redirect_error(net::use_awaitable, failed));
    auto const doing = "opening a TLS connection to " + target.host + ":" + std::to_string(target.port);
    if (failed == boost::beast::error::timeout)
        throw error(errc::timed_out, doing);
    auto const verdict = SSL_get_verify_result(native);
    if (failed && verify_peer && verdict != X509_V_OK)
        throw error(failed, doing + ": " + X509_verify_cert_error_string(verdict),
                    "Trust its authority: --ca-file, SSL_CERT_FILE, or a .crt file in the host's folder of certificates.");
    if (failed)
        throw error(failed, doing);
}

inline std::vector<std::filesystem::path> files_in(std::filesystem::path const& folder, std::string_view extension)
{
    std::vector<std::filesystem::path> found;
    std::error_code missing;
    for (auto const& entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.path().extension() == extension)
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

inline void trust(net::ssl::context& context, std::filesystem::path const& file)
{
    error_code failed;
    context.load_verify_file(file.string(), failed);
    if (failed)
        throw error(errc::invalid_argument, "reading the certificates in " + file.string() + ": " + failed.message(),
                    "It must be a file with certificates in PEM form.");
}

/// `*.crt` are authorities, each `X.cert` with its `X.key` proves who we are.
inline void load_host_certificates(net::ssl::context& context, std::filesystem::path const& folder)
{
    for (auto const& file : files_in(folder, ".crt"))
        trust(context, file);
    for (auto file : files_in(folder, ".cert")) {
        error_code failed;
        context.use_certificate_chain_file(file.string(), failed);
        if (!failed)
            context.use_private_key_file(file.replace_extension(".key").string(), net::ssl::context::pem, failed);
        if (failed)
            throw error(failed, "reading the client certificate " + file.replace_extension(".cert").string());
    }
}

/// Verifies a peer's certificate by the system's authorities, which take tens of milliseconds to read: so they are read
/// when a peer shows a certificate, and not when one turns out to speak no TLS.
inline int verify_by_system(X509_STORE_CTX* shown, void* pool)
{
    auto* const store = X509_STORE_CTX_get0_store(shown);
    if (static_cast<connection_pool*>(pool)->trusting_system.insert(store).second)
        X509_STORE_set_default_paths(store);
    return X509_verify_cert(shown);
}

ACRX_DECL net::ssl::context& connection_pool::tls_context(url const& target, bool verify_peer)
{
    auto const key = connection_key(target, verify_peer);
    if (auto const known = contexts.find(key); known != contexts.end())
        return known->second;
    net::ssl::context context(net::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    if (verify_peer) {
        SSL_CTX_set_cert_verify_callback(context.native_handle(), verify_by_system, this);
        if (!options.ca_file.empty())
            trust(context, options.ca_file);
    }
    if (!options.certs_dir.empty()) {
        load_host_certificates(context, options.certs_dir / target.host);
        load_host_certificates(context, options.certs_dir / (target.host + ":" + std::to_string(target.port)));
    }
    return contexts.emplace(key, std::move(context)).first->second;
}

ACRX_DECL net::awaitable<std::unique_ptr<connection>> connection_pool::dial(url target, bool verify_peer)
{
    auto link = std::make_unique<connection>(co_await net::this_coro::executor, options.idle_timeout);
    if (!options.unix_socket.empty()) {
        connect_unix(*link, options.unix_socket);
        co_return link;
    }
    auto const proxy = options.proxies.proxy_for(target);
    if (proxy && proxy->scheme != "http")
        throw error(errc::not_supported, "using the proxy " + redacted(*proxy), "Name a proxy that is reached by http://.");
    co_await connect_tcp(*link, proxy ? *proxy : target, options.connect_timeout);
    if (target.scheme == "https") {
        if (proxy)
            co_await open_tunnel(*link, target, *proxy);
        link->start_tls(tls_context(target, verify_peer));
        co_await shake_hands(*link, target, verify_peer, options.connect_timeout);
    }
    co_return link;
}
}  // namespace acrx::detail
#endif
