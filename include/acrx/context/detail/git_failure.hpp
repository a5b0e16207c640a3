// What the git command means by its error texts.
#ifndef ACRX_CONTEXT_DETAIL_GIT_FAILURE_HPP
#define ACRX_CONTEXT_DETAIL_GIT_FAILURE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// Why git did not bring what was asked for.
enum class git_failure
{
    no_such_ref,         ///< no branch, tag or other name like that
    no_such_commit,      ///< the server does not have the commit
    no_commit_by_id,     ///< the server may have the commit, but gives it only with the branch it is on
    no_shallow,          ///< the server cannot leave out the history
    unauthorized,        ///< credentials are missing or wrong
    unknown_host_key,    ///< ssh does not know the server
    no_such_repository,
    unreachable,         ///< no connection
    server_trouble,      ///< a connection that broke, or a 5xx: worth another try
    not_allowed,         ///< a protocol that is switched off
    other,
};

/// Reads what git, run with `LC_ALL=C`, wrote to its standard error.
ACRX_DECL git_failure classify_git_failure(std::string_view output);

/// The last line of git's output that tells something, cleaned and without user info.
ACRX_DECL std::string git_words_of_failure(std::string_view output);

/// The error to throw. @param doing  e.g. `fetching https://host/r.git` @param ref  what was asked for; may be empty
ACRX_DECL error git_error(std::string_view output, std::string const& doing, std::string const& ref);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/git_failure.ipp>
#endif
#endif
