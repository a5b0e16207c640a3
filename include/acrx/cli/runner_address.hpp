// Which runner a command talks to, and what it shows it.
#ifndef ACRX_CLI_RUNNER_ADDRESS_HPP
#define ACRX_CLI_RUNNER_ADDRESS_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/remote/runner_client.hpp>

#include <filesystem>
#include <string>

namespace acrx::cli {
/// The URL of the server; empty if none is named.
ACRX_DECL std::string server_of(runner_address const& address);
/// Whether a command is for a runner: it builds or runs something, and a server is named.
ACRX_DECL bool is_for_runner(build_options const& options);
ACRX_DECL bool is_for_runner(task_options const& options);
/// The way to a server. @param url  as `server_of` gave it @param ca_file  more authorities to trust; may be empty
/// @throws error (`errc::syntax`) for what is no URL, and if the token cannot be read
ACRX_DECL runner_transport transport_to(std::string url, std::filesystem::path const& token_file, std::filesystem::path const& ca_file);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/runner_address.ipp>
#endif
#endif
