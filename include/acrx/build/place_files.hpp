// Works out where copied files go in an image, and with which owner and mode: the rules of COPY and ADD.
#ifndef ACRX_BUILD_PLACE_FILES_HPP
#define ACRX_BUILD_PLACE_FILES_HPP

#include <acrx/build/select_sources.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// Files from one archive, or one source.
struct placed_source
{
    selected_source files;
    bool is_archive = false;  ///< `files.below` came out of an archive: laid over the destination as tar would
    std::optional<git_location> repository = {};  ///< with its commit: the files come from there when they are needed
};

/// Where and how to put files.
struct placement
{
    std::string destination;      ///< absolute; ends in a slash if a folder is meant
    std::string chown;            ///< as in `--chown`; empty keeps owners
    std::string chmod;            ///< as in `--chmod`; empty keeps modes
    time_point new_folder_time{};  ///< of folders that have to be made
};

/// The items of the layer that puts `sources` on top of `root`, in path order, with all their parent folders.
///
/// @throws error (`errc::invalid_instruction`) where a file meets a folder: `cannot copy to non-directory: X`,
///         `cannot replace to directory X with file`; (`errc::not_found`) for an owner that cannot be looked up
ACRX_DECL std::vector<layer_item> place_files(root_view const& root, std::vector<placed_source> sources,
                                              placement const& where);

/// The items of the layer that makes a folder, with missing parents; only its parents if it is there already.
/// @param owner  as in USER
ACRX_DECL std::vector<layer_item> place_folder(root_view const& root, std::string const& path, std::string const& owner,
                                               time_point new_folder_time);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/place_files.ipp>
#endif
#endif
