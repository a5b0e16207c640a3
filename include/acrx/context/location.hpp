// What the text after `acrx-quick build` names: a folder, a repository, a tarball, an artifact, or nothing.
#ifndef ACRX_CONTEXT_LOCATION_HPP
#define ACRX_CONTEXT_LOCATION_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace acrx {
/// A folder or an archive of this machine.
struct local_location
{
    std::filesystem::path path;
    bool operator==(local_location const&) const = default;
};

/// A git repository, and what of it is wanted.
struct git_location
{
    std::string remote;     ///< what git is told; without the user info of http and without the fragment
    std::string user_info;  ///< `user:password` of an http remote as written; a secret
    std::string ref = {};   ///< branch, tag, `pull/N/head`, commit or the beginning of one; empty: the default branch
    std::string folder = {};          ///< below the repository's root; empty is the root
    std::string commit = {};          ///< the commit it must be, or the beginning of one; empty for any
    std::optional<bool> submodules = {};       ///< as the query says it
    std::optional<bool> keep_git_folder = {};  ///< the same
    bool commit_times = false;     ///< files get the time of the commit
    bool fetch_by_commit = false;  ///< `commit` is fetched, whatever `ref` is now
    bool operator==(git_location const&) const = default;
};

/// A tarball behind an http or https URL.
struct web_location
{
    std::string url;  ///< may hold secrets in its user info and its query
    bool operator==(web_location const&) const = default;
};

/// An OCI artifact in a registry.
struct oci_location
{
    std::string reference;  ///< without `oci://`
    bool operator==(oci_location const&) const = default;
};

/// `-`: an archive or a Dockerfile on standard input.
struct input_location
{
    bool operator==(input_location const&) const = default;
};

/// `/dev/null`: no files at all.
struct empty_location
{
    bool operator==(empty_location const&) const = default;
};

using location = std::variant<local_location, git_location, web_location, oci_location, input_location, empty_location>;

/// Reads a location as the commands take it, without a look at the disk; what is nothing else is a local path.
///
/// Repositories are http and https URLs that end in `.git` before the fragment, `ssh://`, `git://`, `file://`, `git@HOST:PATH`,
/// `github.com/...`, and the `/_git/` URLs of Azure DevOps; each with `#REF`, `#REF:FOLDER` or `#:FOLDER`. Where the
/// path ends in `.git`, a query of `ref`, `branch`, `tag`, `commit`, `checksum`, `subdir`, `submodules`,
/// `keep-git-dir`, `mtime` and `fetch-by-commit` says the same.
/// @throws error (`errc::syntax`) for such a query that contradicts itself
ACRX_DECL location parse_location(std::string_view text);

/// The repository that a source of ADD names; nothing if it names none.
/// @throws error (`errc::syntax`) for a query it does not know or that contradicts itself
/// @par See Dockerfile reference, ADD: adding files from a git repository
ACRX_DECL std::optional<git_location> parse_git_source(std::string_view word);

/// `text` with the user info of each URL in it replaced by `<REDACTED>`; user names of ssh stay.
ACRX_DECL std::string hide_user_info(std::string_view text);
/// What may be shown and logged of a location; it can be read as one again, but for its secrets.
ACRX_DECL std::string redacted(location const& where);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/location.ipp>
#endif
#endif
