// What the exit codes of the commands mean, in one table.
#ifndef ACRX_CLI_EXIT_STATUS_HPP
#define ACRX_CLI_EXIT_STATUS_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>

#include <array>
#include <exception>
#include <string>
#include <string_view>

namespace acrx::cli {
/// How a command ended, as the shell sees it.
enum class exit_status : int
{
    success = 0,
    build_failed = 1,
    usage = 2,
    registry = 3,
    machine = 4,
    internal = 70,
    timeout = 124,
    interrupted = 130,
    terminated = 143,
};

/// One line of the table that `--help` shows.
struct exit_status_line
{
    exit_status status;
    std::string_view meaning;
};

inline constexpr std::array<exit_status_line, 9> exit_statuses{{
    {exit_status::success, "success"},
    {exit_status::build_failed, "the build failed: a step, the Dockerfile, or a file or image that is not there"},
    {exit_status::usage, "the command line is wrong"},
    {exit_status::registry, "a registry or the network failed, or a registry refused"},
    {exit_status::machine, "this machine refused: permissions, disk, state folder in use"},
    {exit_status::internal, "a defect in acrx: please report it"},
    {exit_status::timeout, "the run took longer than --timeout"},
    {exit_status::interrupted, "stopped by Ctrl-C"},
    {exit_status::terminated, "stopped by SIGTERM"},
}};

/// A command line that cannot be carried out.
class usage_error : public error
{
public:
    explicit usage_error(std::string const& text, std::string advice = {})
        : error(errc::invalid_argument, text, std::move(advice))
    {}
};

/// The status for an error that ended a command.
ACRX_DECL exit_status status_of(std::exception_ptr failure);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/exit_status.ipp>
#endif
#endif
