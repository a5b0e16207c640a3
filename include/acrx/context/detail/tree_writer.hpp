// Writes the entries of an archive as files of a folder that none of them can leave.
#ifndef ACRX_CONTEXT_DETAIL_TREE_WRITER_HPP
#define ACRX_CONTEXT_DETAIL_TREE_WRITER_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/unique_fd.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Gives the pieces of an entry's content; nothing at its end.
using content_source = std::function<std::optional<content_piece>()>;

/// Modes and times are those of the entries, owners are ours; of two entries with one name the later counts.
class tree_writer
{
public:
    /// @param root  an empty folder @param name  of the archive, for error texts
    tree_writer(std::filesystem::path const& root, std::string name) : root_(root), name_(std::move(name)) {}

    /// @throws error (`errc::outside_root`) for a name or hard link that leads out of the root, (`errc::damaged`) for
    ///         entries that contradict each other, (`errc::not_supported`) for devices, pipes and sockets
    ACRX_DECL void add(archive_entry_info const& entry, content_source const& content);
    /// Gives the folders their modes and times; call it once, at the end.
    ACRX_DECL void finish();

private:
    struct folder_status
    {
        std::string path;
        std::uint32_t mode;
        time_point mtime;
    };
    ACRX_DECL std::string clean(std::string_view path) const;
    ACRX_DECL unique_fd open_folder(std::string const& path);
    ACRX_DECL void write_entry(int parent, std::string const& name, std::string const& path,
                               archive_entry_info const& entry, content_source const& content);
    ACRX_DECL void write_file(int parent, std::string const& name, archive_entry_info const& entry,
                              content_source const& content);
    ACRX_DECL void link_file(int parent, std::string const& name, archive_entry_info const& entry);
    std::string doing(std::string_view path) const
    {
        return "unpacking " + name_ + ": \"" + std::string(path.substr(0, 200)) + "\"";
    }

    beneath root_;
    std::string name_;
    std::vector<folder_status> folders_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/tree_writer.ipp>
#endif
#endif
