// The options that name a runner, and which others go along with them.
#ifndef ACRX_CLI_DETAIL_RUNNER_OPTIONS_HPP
#define ACRX_CLI_DETAIL_RUNNER_OPTIONS_HPP
// Only bodies include this: it brings CLI11.
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/exit_status.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace acrx::cli::detail {
inline void add_runner_options(CLI::App& app, runner_address& o)
{
    app.add_option("--server", o.server, "URL of an acrx-runner that does it instead of this machine; else $ACRX_SERVER")->type_name("URL");
    app.add_option("--token-file", o.token_file, "Token to show the server; else $ACRX_TOKEN")->type_name("FILE");
}

/// What a runner can be asked for, and what only concerns how it is asked and shown.
inline constexpr std::array<std::string_view, 32> options_with_server{
    "--server", "--token-file", "--ca-file", "--home",     "-o",        "--no-logs", "--progress", "--pull",           "--file",
    "--image",  "--build-arg",  "--target",  "--platform", "--timeout", "--no-push", "--push",     "--no-cache", "--secret-build-arg",
    "--check",  "--call",   "--cmd",        "--encoded-file", "--encoded-values", "--values",  "--set",      "--set-secret", "--dry-run", "--graph", "CONTEXT",
    "--registry", "--env",   "--id"};

/// @throws usage_error for an option that was given and that no runner takes
inline void refuse_options_without_meaning(CLI::App const& app)
{
    for (auto const* option : app.get_options()) {
        auto const& names = option->get_lnames();
        auto const name = names.empty() ? option->get_name() : "--" + names.front();
        bool const is_known = std::find(options_with_server.begin(), options_with_server.end(), name) != options_with_server.end();
        if (option->count() != 0 && !is_known)
            throw usage_error(app.get_name() + ": " + name + " has no meaning at a server: the runner decides it",
                              "Leave it out, or do it here: without --server and $ACRX_SERVER.");
    }
}
}  // namespace acrx::cli::detail
#endif
