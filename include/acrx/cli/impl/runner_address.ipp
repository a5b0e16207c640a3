// Bodies of cli/runner_address.hpp.
#ifndef ACRX_CLI_IMPL_RUNNER_ADDRESS_IPP
#define ACRX_CLI_IMPL_RUNNER_ADDRESS_IPP
#include <acrx/cli/runner_address.hpp>
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
    auto text = read_file(file, 64 * 1024);
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
    static_cast<void>(parse_url(url));
    http_options connection;
    connection.ca_file = ca_file;
    connection.idle_timeout = std::chrono::minutes(2);  // while a large context is put together, nothing is said
    return network_transport(std::move(url), detail::runner_token(token_file), std::move(connection));
}
}  // namespace acrx::cli
#endif
