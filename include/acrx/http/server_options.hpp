// What an HTTP server is set up with, and what it tells of its work.
#ifndef ACRX_HTTP_SERVER_OPTIONS_HPP
#define ACRX_HTTP_SERVER_OPTIONS_HPP

#include <acrx/version.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>

namespace acrx {
/// What was served, for logs and metrics.
struct served_summary
{
    std::string method;
    std::string path;  ///< without the query, which may hold signatures
    std::string peer;
    unsigned status = 0;
    std::uint64_t bytes = 0;  ///< of the answer's body
    std::chrono::nanoseconds took{0};
};

/// Where an `http_server` listens, and what it grants a client.
struct http_server_options
{
    std::string address = "127.0.0.1";  ///< of this machine; `::` and `0.0.0.0` are all of them
    std::uint16_t port = 0;             ///< 0 takes a free one
    std::filesystem::path certificate;  ///< PEM, the whole chain; empty for plain HTTP
    std::filesystem::path private_key;  ///< PEM
    std::size_t header_limit = std::size_t{16} << 10;  ///< bytes
    std::chrono::milliseconds header_timeout{10'000};  ///< from its first byte to its last; also of the TLS handshake
    std::chrono::milliseconds idle_timeout{60'000};    ///< without a byte in either direction
    std::chrono::milliseconds body_grace{30'000};      ///< after which `slowest_body` counts
    std::uint64_t slowest_body = 1024;                 ///< bytes a second; slower senders are cut off
    std::size_t connections = 800;                     ///< at once; more wait: a process may have 1024 files
    std::size_t connections_per_peer = 600;            ///< at once, also of a proxy in front; more are closed
    std::chrono::milliseconds drain_timeout{10'000};   ///< for answers under way when the server stops
    std::string name = "acrx/" + std::string(version);
    std::function<void(served_summary const&)> served = {};  ///< told of every answer; may be empty
    std::function<void(std::exception_ptr)> failed = {};     ///< told what a handler threw besides refusals
};
}  // namespace acrx
#endif
