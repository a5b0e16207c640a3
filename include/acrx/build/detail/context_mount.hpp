// How a step gets to see files of the build context without a copy of their bytes, where that is possible.
#ifndef ACRX_BUILD_DETAIL_CONTEXT_MOUNT_HPP
#define ACRX_BUILD_DETAIL_CONTEXT_MOUNT_HPP

#include <acrx/build/select_sources.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace acrx::detail {
/// The files as items of one archive: of several names of one file, all but the first become hard links.
ACRX_DECL std::vector<layer_item> to_items(std::span<source_file const> files);

/// Shows what was selected of the folder `root`: by a plain bind if that shows exactly those files and root owns them,
/// else by an overlay that hides and corrects the rest, else by a copy. Changes never reach `root`.
/// @param scratch  a folder for this mount alone, made if need be; it has to stay until the step has ended
/// Blocks: call it through `offload`.
ACRX_DECL step_mount mount_context(std::filesystem::path const& root, selected_source const& selected,
                                   std::string const& target, bool read_only, std::filesystem::path const& scratch,
                                   std::stop_token stop = {});
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/context_mount.ipp>
#endif
#endif
