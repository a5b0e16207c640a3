// Reads the upper folder of an overlay as the changes that it makes.
#ifndef ACRX_SNAPSHOT_DETAIL_OVERLAY_CHANGES_HPP
#define ACRX_SNAPSHOT_DETAIL_OVERLAY_CHANGES_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// Walks an upper folder that is mounted nowhere.
class overlay_changes
{
public:
    ACRX_DECL overlay_changes(std::filesystem::path upper, root_view const& below, std::stop_token stop);
    /// The changes, sorted by `path_less`.
    ACRX_DECL std::vector<layer_item> collect();

private:
    struct node
    {
        layer_item item;
        std::pair<std::uint64_t, std::uint64_t> inode;  ///< of a file with several names, else zeros
    };
    ACRX_DECL void walk(unique_fd folder, std::string const& path, bool is_opaque);
    ACRX_DECL void visit(int folder, std::string const& path, char const* name, bool is_opaque);
    ACRX_DECL void visit_folder(int folder, char const* name, node found, bool is_opaque);
    ACRX_DECL void add_hidden(std::string const& folder, std::vector<std::string> const& present);
    ACRX_DECL bool is_only_copied(layer_entry const& folder) const;
    ACRX_DECL void link_names();

    std::filesystem::path upper_;
    root_view const& below_;
    std::stop_token stop_;
    std::vector<node> found_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/overlay_changes.ipp>
#endif
#endif
