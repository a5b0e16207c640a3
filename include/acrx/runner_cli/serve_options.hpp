// The options of `acrx-runner serve`, as values.
#ifndef ACRX_RUNNER_CLI_SERVE_OPTIONS_HPP
#define ACRX_RUNNER_CLI_SERVE_OPTIONS_HPP

#include <acrx/cli/task_options.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace acrx::cli {
/// How the server listens, whom it lets in, and how it runs.
struct serve_options
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 8737;
    std::filesystem::path certificate;
    std::filesystem::path private_key;
    std::filesystem::path token_file;
    std::string oidc_issuer;
    std::string oidc_audience;
    std::string oidc_role_claim = "roles";
    std::string registry_name;  ///< in the paths of the API; empty takes any
    std::string public_url;
    std::filesystem::path webhook_secret_file;
    std::filesystem::path registry_secret_file;
    std::filesystem::path secret_key_file;  ///< empty is `$ACRX_SECRET_KEY`, else a file in the state folder
    std::string database;  ///< URL of a PostgreSQL database; empty is `$ACRX_DATABASE`, else a file in the state folder
    std::filesystem::path finished_hook_secret_file;
    std::string finished_hook;  ///< URL that is told of runs that end; empty for none
    unsigned concurrency = 2;
    std::size_t page_size = 100;
    std::chrono::hours log_retention{30 * 24};
    std::uint64_t context_budget = std::uint64_t{10} << 30;  ///< bytes of the pieces of contexts that are kept
    bool shares_machine_secrets = false;  ///< tasks may read `env:NAME` and `file:PATH` of this machine
    std::chrono::seconds drain{30};  ///< for runs that go on when it is to stop
    bool logs_json = false;          ///< its own log as JSON
    task_options runs;               ///< what all runs have in common; its `connection.home` is the state folder
};
}  // namespace acrx::cli
#endif
