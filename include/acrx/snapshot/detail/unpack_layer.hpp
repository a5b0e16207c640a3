// Writes the entries of a layer into a fresh folder, in the form of overlayfs.
#ifndef ACRX_SNAPSHOT_DETAIL_UNPACK_LAYER_HPP
#define ACRX_SNAPSHOT_DETAIL_UNPACK_LAYER_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/snapshot/detail/file_crew.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/layer_index.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A folder as the topmost of `lower` (topmost first) that has it shows it, without what overlayfs and the host mark;
/// 0755 and 0:0 if none has it. Names no folder that a link leads to.
ACRX_DECL layer_entry folder_below(std::string const& path, std::span<std::filesystem::path const> lower);

/// Every file is made relative to an open folder, no link is ever followed. Small files are written by a crew of
/// threads; what must come after them (hard links, whiteouts, the metadata of folders) waits for the end.
class layer_unpacker
{
public:
    /// @param into   an empty folder
    /// @param lower  unpacked layers below, topmost first: the origin of folders that the archive does not list
    ACRX_DECL layer_unpacker(std::filesystem::path const& into, std::vector<std::filesystem::path> lower);

    ACRX_DECL void add(met_entry const& from, layer_reader& content);
    /// Does all that waited. @param index  of the whole layer
    ACRX_DECL void finish(layer_index const& index);
    /// Devices, and names of them, that the kernel did not let this process make.
    std::set<std::string> const& left_out() const noexcept { return left_out_; }
    /// After `finish`: a path that may not have its owner, which makes the layer good for reading only; or nothing.
    std::string const& disowned() const noexcept { return disowned_.empty() ? crew_.disowned() : disowned_; }

private:
    ACRX_DECL std::shared_ptr<unique_fd const> folder(std::string_view path);
    ACRX_DECL std::shared_ptr<unique_fd const> make_folder(std::string const& path);
    ACRX_DECL void add_folder(layer_entry const& entry);
    ACRX_DECL void add_file(layer_entry const& entry, int parent, layer_reader& content);
    ACRX_DECL void add_small_file(layer_entry const& entry, std::shared_ptr<unique_fd const> parent,
                                  layer_reader& content);
    ACRX_DECL void add_special(layer_entry const& entry, int parent);
    ACRX_DECL void make_way(layer_entry const& entry, int parent);
    ACRX_DECL void settle();
    ACRX_DECL void add_whiteouts(layer_index const& index);
    ACRX_DECL void set_folder_metadata();

    beneath root_;
    std::vector<std::filesystem::path> lower_;
    std::string folder_name_;
    std::shared_ptr<unique_fd const> folder_;
    std::map<std::string, layer_entry, std::less<>> folders_;
    std::vector<std::pair<std::string, std::string>> hard_links_;  ///< path and target
    std::set<std::string> left_out_;
    std::string disowned_;
    file_crew crew_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/unpack_layer.ipp>
#endif
#endif
