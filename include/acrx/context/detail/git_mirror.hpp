// A bare repository that keeps what was fetched of one remote, so that the next fetch brings only what is new.
#ifndef ACRX_CONTEXT_DETAIL_GIT_MIRROR_HPP
#define ACRX_CONTEXT_DETAIL_GIT_MIRROR_HPP

#include <acrx/context/detail/git_command.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <string>

namespace acrx::detail {
/// A commit, and the branch it was found on.
struct fetched_commit
{
    std::string id;
    std::string branch;  ///< `HEAD` if it was not asked for by a branch's name
};

/// The local protocol is for those who ask for it.
inline git_files files_of(git_location const& where)
{
    return where.remote.starts_with("file://") ? git_files::allowed : git_files::refused;
}

/// Whether `text` could be a commit's id, or the beginning of one.
ACRX_DECL bool is_commit_prefix(std::string_view text) noexcept;
/// Whether it is one in full: SHA-1 or SHA-256.
ACRX_DECL bool is_commit_id(std::string_view text) noexcept;
/// Whether git could have a branch or tag of that name, also with `refs/` in front.
/// @par See git-check-ref-format
ACRX_DECL bool is_ref_name(std::string_view text) noexcept;

/// The whole id of a commit of which only the beginning is known: reads the history without its files.
/// @param scratch  a folder for files of our own
/// @throws error (`errc::not_found`) if there is none, or more than one
ACRX_DECL net::awaitable<std::string> complete_commit_id(git_command const& git, git_location const& where,
                                                         std::string beginning, std::filesystem::path scratch);

/// Fetches into a bare repository. Who uses it holds a lock on it, so what a killed git left locked is free.
class git_mirror
{
public:
    /// @param git  must outlive the mirror
    git_mirror(git_command const& git, git_location const& where, std::filesystem::path folder)
        : git_(git), where_(where), folder_(std::move(folder))
    {}

    std::filesystem::path const& folder() const noexcept { return folder_; }
    /// Makes the repository if it is missing, else frees what a killed git left.
    ACRX_DECL net::awaitable<void> open();
    /// Brings one commit without its history, and with it where the server gives no commit by its id.
    /// @throws error as `git_error` says, (`errc::digest_mismatch`) for another commit than the location pins
    ACRX_DECL net::awaitable<fetched_commit> fetch();

private:
    ACRX_DECL net::awaitable<child_result> try_fetch(std::string wanted, bool shallow) const;
    ACRX_DECL net::awaitable<fetched_commit> fetch_history(std::string wanted);
    ACRX_DECL std::string place_of(std::string_view wanted) const;
    ACRX_DECL std::string fetched_branch() const;
    git_command const& git_;
    git_location const& where_;
    std::filesystem::path folder_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/git_mirror.ipp>
#endif
#endif
