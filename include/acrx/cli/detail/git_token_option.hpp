// The option that gives a token for a private repository.
#ifndef ACRX_CLI_DETAIL_GIT_TOKEN_OPTION_HPP
#define ACRX_CLI_DETAIL_GIT_TOKEN_OPTION_HPP

#include <acrx/cli/build_options.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace acrx::cli::detail {
inline void add_git_token(CLI::App& app, build_options& o)
{
    app.add_option("--git-access-token-file", o.git_access_token_file,
                   "Token for a private repository; else that of the URL or of git's credential helpers")
        ->type_name("FILE");
}
}  // namespace acrx::cli::detail
#endif
