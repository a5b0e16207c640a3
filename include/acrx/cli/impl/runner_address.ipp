// Bodies of cli/runner_address.hpp.
#ifndef ACRX_CLI_IMPL_RUNNER_ADDRESS_IPP
#define ACRX_CLI_IMPL_RUNNER_ADDRESS_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/runner_address.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <chrono>
#include <cstdlib>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string runner_variable(char const* name)
{
    auto const* text = std::getenv(name);
    return text ? text : "";
}

inline std::string runner_token(std::filesystem::path const& file)
{
    if (file.empty())
        return runner_variable("ACRX_TOKEN");
    std::string text;
    try {
        text = read_file(file, 64 * 1024);
    } catch (error const& e) {
        throw usage_error("--token-file: " + std::string(e.what()), "It holds the token that `serve` was given.");
    }
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}
}  // namespace detail

ACRX_DECL std::string server_of(runner_address const& address)
{
    return address.server.empty() ? detail::runner_variable("ACRX_SERVER") : address.server;
}

ACRX_DECL bool is_for_runner(build_options const& options)
{
    return options.call == build_call::build && !server_of(options.runner).empty();
}

ACRX_DECL bool is_for_runner(task_options const& options)
{
    return options.action == task_action::run && !server_of(options.connection.runner).empty();
}

ACRX_DECL runner_transport transport_to(std::string url, std::filesystem::path const& token_file, std::filesystem::path const& ca_file)
{
    try {
        static_cast<void>(parse_url(url));
    } catch (error const& e) {
        throw usage_error("the server: " + e.text(),
                          "Give --server or $ACRX_SERVER as http://HOST:PORT or https://HOST.");
    }
    http_options connection;
    connection.ca_file = ca_file;
    connection.idle_timeout = std::chrono::minutes(2);  // while a large context is put together, nothing is said
    return network_transport(std::move(url), detail::runner_token(token_file), std::move(connection));
}
}  // namespace acrx::cli
#endif
