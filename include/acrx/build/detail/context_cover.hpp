// A folder to lay over one of this machine, so that a step sees only some of its files, all of them owned by root.
#ifndef ACRX_BUILD_DETAIL_CONTEXT_COVER_HPP
#define ACRX_BUILD_DETAIL_CONTEXT_COVER_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/source_file.hpp>

#include <filesystem>
#include <span>
#include <stop_token>

namespace acrx::detail {
/// What came of a cover.
enum class cover
{
    not_needed,  ///< all files are to be seen, and root owns them
    made,
    impossible,  ///< this process or file system cannot make what overlayfs wants
};

/// Makes a cover for `folder` in the form of overlayfs: whiteouts hide what is not among `shown`; what root does not own
/// gets an inode with the right owner and all else but its bytes (`metacopy`). No byte of a file is read or copied.
///
/// @param folder  links in it are not followed
/// @param shown   what is to be seen, with paths relative to `folder`, in path order
/// @param into    an empty folder, on a file system that can be the upper one of an overlay
/// Costs a walk of the shown folders. @throws error if a folder cannot be read, (`errc::canceled`) when told to stop
ACRX_DECL cover make_cover(std::filesystem::path const& folder, std::span<source_file const> shown,
                           std::filesystem::path const& into, std::stop_token stop = {});
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/context_cover.ipp>
#endif
#endif
