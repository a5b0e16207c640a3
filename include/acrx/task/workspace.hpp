// The workspace of a run: a copy of a context that steps may write to.
#ifndef ACRX_TASK_WORKSPACE_HPP
#define ACRX_TASK_WORKSPACE_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

namespace acrx {
/// Copies what the ignore rules leave of a context, and the files of `always` that they would leave out: a Dockerfile is
/// sent to its builder even if it is ignored. Files are owned by 0:0; modes, times, links and attributes are kept.
///
/// @param always  paths below the root of the context; those that are not there are passed over
/// @param into    is made
/// @throws error  if a file cannot be read or written. Blocks: call it through `offload`.
ACRX_DECL void copy_context(build_context const& context, std::span<std::string const> always,
                            std::filesystem::path const& into, std::stop_token stop);

/// The folder or file of this machine behind a path of a step: absolute ones lie below `/workspace`, others below the
/// step's `working_directory`.
/// @throws error (`errc::outside_root`) for a path that leaves the workspace, also by a link
ACRX_DECL std::filesystem::path path_in_workspace(std::filesystem::path const& workspace,
                                                  std::string const& working_directory, std::string const& path);

/// The same for any folder that steps see, under another name.
/// @return nothing for a path that is not below `shown_as`, or that a link leads out of `folder`
ACRX_DECL std::optional<std::filesystem::path> path_in_folder(std::filesystem::path const& folder,
                                                              std::filesystem::path const& shown_as,
                                                              std::string const& working_directory,
                                                              std::string const& path);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/workspace.ipp>
#endif
#endif
