// The git command, run so that nothing but the user's own configuration has a say.
#ifndef ACRX_CONTEXT_DETAIL_GIT_COMMAND_HPP
#define ACRX_CONTEXT_DETAIL_GIT_COMMAND_HPP

#include <acrx/context/location.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/child_process.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Which repositories may be files of this machine.
enum class git_files
{
    refused,
    allowed,
};

/// Runs git without hooks, system configuration, prompts and local protocols; the credentials of one remote go
/// through the environment, and to the host of that remote only.
class git_command
{
public:
    /// @param token  for an http remote that has no password of its own; may be empty
    /// @throws error (`errc::syntax`) for an http remote that is no URL, or credentials with control characters
    ACRX_DECL git_command(git_location const& where, std::string_view token);

    /// Runs `git ARGS` in a folder of this machine. That it fails is a result.
    /// @throws error (`errc::not_found`) if there is no git
    ACRX_DECL net::awaitable<child_result> try_run(std::vector<std::string> args, std::filesystem::path folder,
                                                   git_files files = git_files::refused) const;
    /// The same, its output without the line end. @throws error as `git_error` says
    ACRX_DECL net::awaitable<std::string> run(std::vector<std::string> args, std::filesystem::path folder,
                                              git_files files = git_files::refused) const;

    /// Another line of configuration: `name=value`.
    void configure(std::string line) { configuration_.push_back(std::move(line)); }

    /// Sends a header to the host of an http remote, which is then followed nowhere else.
    /// @param value  a secret; goes through the environment
    ACRX_DECL void authorize(std::string const& remote, std::string const& value);

    /// `fetching` and the remote, as error texts say it.
    std::string const& doing() const noexcept { return doing_; }

private:
    ACRX_DECL void use_credentials(std::string const& remote, std::string_view user_info, std::string_view token);

    std::vector<std::string> environment_;
    std::vector<std::string> configuration_;
    std::string doing_;
    std::string ref_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/git_command.ipp>
#endif
#endif
