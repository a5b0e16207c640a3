// Writes a root filesystem out of the layers: as a folder of files, or as one archive.
#ifndef ACRX_BUILD_ROOT_EXPORT_HPP
#define ACRX_BUILD_ROOT_EXPORT_HPP

#include <acrx/build/stage_files.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace acrx {
/// The files that layers list, sorted, as the items of one archive. Names of one file become hard links to the first of them.
ACRX_DECL std::vector<layer_item> listed_items(stage_files const& files);
/// All files of a root, sorted, parents first, as the items of one archive, also the folders that no layer lists.
/// @param time  of every file; nothing keeps their own
ACRX_DECL std::vector<layer_item> root_items(stage_files const& files, std::optional<time_point> time = {});

/// The same items as the content of a folder, which comes first.
ACRX_DECL std::vector<layer_item> below_folder(std::string const& folder, std::vector<layer_item> items);
/// The items of several roots in one, sorted. Folders may be in all of them.
/// @throws error (`errc::invalid_argument`) if two have a file of one name
ACRX_DECL std::vector<layer_item> merge_roots(std::vector<std::vector<layer_item>> roots);

/// Writes the items as a tar; the same items give the same bytes. A regular `file` appears by rename when it is complete;
/// anything else, such as a pipe, is written to as it is.
/// @param scratch  a folder for what cannot be written directly; made if missing
/// @param stop     asks to give up; `file` then stays as it was
/// Blocks: call it through `offload`.
ACRX_DECL void write_root_archive(std::span<layer_item const> items, std::filesystem::path const& file,
                                  std::filesystem::path const& scratch, std::stop_token stop = {});
/// The same to an open file descriptor, which stays open.
ACRX_DECL void write_root_archive(std::span<layer_item const> items, int open_file,
                                  std::filesystem::path const& scratch, std::stop_token stop = {});

/// Writes the items as files below `folder`: mode, time, links, attributes, and as root the owner.
///
/// A folder that is not there appears by rename when it is complete. Into one that is there the files are moved when all
/// of them are written; a file that has the name of an old one replaces it, folders are merged. No link of the old tree
/// is followed: nothing is written outside.
/// @param replaces  removes old files that are not among the items, too
/// @throws error  when a file cannot be written; without root also for devices
/// Attributes that the file system or the kernel refuses are left out. Blocks: call it through `offload`.
ACRX_DECL void write_root_folder(std::span<layer_item const> items, std::filesystem::path const& folder,
                                 std::stop_token stop = {}, bool replaces = false);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/root_export.ipp>
#endif
#endif
