// The log of a run in the state folder.
#ifndef ACRX_CLI_RUN_LOG_HPP
#define ACRX_CLI_RUN_LOG_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace acrx::cli {
/// Collects text under a temporary name; `keep` gives it its own. What is not kept is removed.
class run_log
{
public:
    /// @param file  where the log is to be in the end; its folder is there
    explicit ACRX_DECL run_log(std::filesystem::path file);
    run_log(run_log const&) = delete;
    run_log& operator=(run_log const&) = delete;
    ACRX_DECL ~run_log();

    /// Never throws: a log that cannot be written must not end a build. `keep` tells.
    ACRX_DECL void write(std::string_view text) noexcept;
    /// @throws error if it could not be written
    ACRX_DECL void keep();

private:
    ACRX_DECL void flush();

    std::filesystem::path file_;
    std::filesystem::path temporary_;
    unique_fd open_;
    std::string waiting_;
    int failure_ = 0;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/run_log.ipp>
#endif
#endif
