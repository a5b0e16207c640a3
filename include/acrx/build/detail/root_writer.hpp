// Files of a root filesystem in a folder that is being made, and how they get to their place.
#ifndef ACRX_BUILD_DETAIL_ROOT_WRITER_HPP
#define ACRX_BUILD_DETAIL_ROOT_WRITER_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Writes items into a fresh folder; it is removed again unless it is published. No link is ever followed.
class root_writer
{
public:
    /// Makes the folder.
    ACRX_DECL explicit root_writer(std::filesystem::path staging);
    root_writer(root_writer const&) = delete;
    root_writer& operator=(root_writer const&) = delete;
    ACRX_DECL ~root_writer();

    /// @param item  parents come before what they hold, files before their hard links
    ACRX_DECL void add(layer_item const& item);
    /// Gives folders their owner, mode and time; to be called after the last item.
    ACRX_DECL void finish();
    /// Renames the folder; the name must not be taken.
    ACRX_DECL void publish(std::filesystem::path const& name);
    /// Moves what is in the folder into one that is there.
    ACRX_DECL void merge_into(std::filesystem::path const& folder);

private:
    ACRX_DECL int parent_of(std::string_view path);
    ACRX_DECL void add_file(layer_item const& item, int parent, std::string const& name);
    ACRX_DECL void add_special(layer_entry const& entry, int parent, std::string const& name);
    ACRX_DECL void set_metadata(layer_entry const& entry, int parent, std::string const& name) const;

    std::filesystem::path path_;
    std::unique_ptr<beneath> root_;
    std::string parent_name_;
    unique_fd parent_;
    std::vector<layer_entry> folders_;
    bool is_root_;
    mode_t mode_ = 0;  ///< of the folder, as the user's mask wants it
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/root_writer.ipp>
#endif
#endif
