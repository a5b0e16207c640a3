// The concept of what brings the files of a build.
#ifndef ACRX_CONTEXT_CONTEXT_SOURCE_HPP
#define ACRX_CONTEXT_CONTEXT_SOURCE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/clock.hpp>

#include <concepts>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// The files of a build, in a folder of this machine.
struct build_context
{
    std::filesystem::path root;
    std::string revision;        ///< the commit that was fetched; empty if there is none
    bool has_ignore_file = true; ///< whether `.dockerignore` counts: it does in a folder of the user's
    std::string branch = {};     ///< of a repository: the branch that was asked for, else `HEAD`; empty if there is none
    /// A Dockerfile that came beside the files, or instead of them; empty if it is one of the files.
    std::filesystem::path dockerfile = {};
    std::optional<time_point> modified = {};  ///< when the commit was made, or the server says that the archive was
    bool is_fetched = false;  ///< the files are not the user's own: no link in them may lead out of `root`
};

/// A type that brings the files of a build to a folder of this machine.
///
/// | for `S source`, `path const& into` | is                            | means                            |
/// |------------------------------------|-------------------------------|----------------------------------|
/// | `S::scheme`                        | a `std::string_view`          | how a location names this source |
/// | `source.fetch(into)`               | an `awaitable<build_context>` | brings the files: into the empty folder `into`, which is made if it is missing, or leaves them where they are |
///
/// `fetch` may be called again, stops soon when cancelled, and leaves `into` empty when it throws.
/// @see local_directory, local_archive, git_repository, remote_tarball, oci_artifact, standard_input, empty_context
template<class S>
concept context_source = std::movable<S> && requires(S source, std::filesystem::path const& into) {
    { S::scheme } -> std::convertible_to<std::string_view>;
    { source.fetch(into) } -> awaits_to<build_context>;
};
}  // namespace acrx
#endif
