// What the HTTP API of a runner is set up with.
#ifndef ACRX_SERVER_API_OPTIONS_HPP
#define ACRX_SERVER_API_OPTIONS_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>

namespace acrx {
/// Settings of `basic_runner_api`.
struct api_options
{
    std::string registry_name;    ///< in paths; empty takes any name
    std::string login_server;     ///< of the home registry, `host[:port]`; empty if there is none
    std::string public_url;       ///< how clients reach the server; empty: as the request says
    std::string link_key;         ///< for links to uploads and logs
    std::string webhook_secret;   ///< of git hosts, where a trigger has none of its own; empty refuses them
    std::string registry_secret;  ///< the `Authorization` that registries send with notifications; empty refuses them
    /// Everybody may do everything, so strangers who make a browser of this machine ask are kept out by the names in
    /// `Host` and `Origin`, which must be of loopback.
    bool is_for_loopback_alone = false;
    std::size_t page_size = 100;                              ///< runs in one answer
    std::size_t body_limit = std::size_t{4} << 20;            ///< bytes of a request in JSON
    std::uint64_t upload_limit = std::uint64_t{4} << 30;      ///< bytes of a context
    std::filesystem::path piece_folder;  ///< of pieces of contexts; empty: clients send whole contexts
    std::uint64_t piece_budget = std::uint64_t{10} << 30;     ///< bytes of all pieces
    std::chrono::seconds link_life = std::chrono::hours(1);   ///< of links to uploads and logs
    std::chrono::milliseconds heartbeat{15'000};              ///< of event streams in which nothing happens
    std::function<void(std::exception_ptr)> failed = {};      ///< told what a client is not told; may be empty
};
}  // namespace acrx
#endif
