// Files relative to a root folder that no path and no link can leave (openat2).
#ifndef ACRX_IO_BENEATH_HPP
#define ACRX_IO_BENEATH_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <sys/stat.h>
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace acrx {
/// What happens to symbolic links on the way. None of them ever leads out of the root.
enum class links
{
    refuse,   ///< any link, also at the end, is an error
    beneath,  ///< followed; one that points out of the root is an error
    in_root,  ///< followed as if the root folder were `/`
};

/// A folder and what is below it. Paths are relative to it; `""` and `"."` are the folder itself.
/// Movable; distinct threads may use one object at once.
class beneath
{
public:
    /// @throws error if `root` is not a folder that can be opened
    explicit ACRX_DECL beneath(std::filesystem::path root);

    int descriptor() const noexcept { return root_.get(); }
    std::filesystem::path const& root() const noexcept { return path_; }

    /// Opens with the `open(2)` flags `flags` (`O_CLOEXEC` is added).
    /// @throws error (`errc::outside_root`) if the path leaves the root or meets a link that `how` refuses
    ACRX_DECL unique_fd open(std::filesystem::path const& path, int flags, links how, mode_t mode = 0644) const;
    /// The same, but nothing if the path, or a folder of it, does not exist.
    ACRX_DECL std::optional<unique_fd> open_if_there(std::filesystem::path const& path, int flags, links how) const;
    /// The status of a path; a link at the end is not followed. Nothing if it is not there.
    ACRX_DECL std::optional<struct stat> status(std::filesystem::path const& path, links how) const;
    /// The text of a symbolic link.
    ACRX_DECL std::string read_link(std::filesystem::path const& path, links how) const;
    /// Makes one folder; one that is there already stays as it is.
    /// @return whether it was made
    ACRX_DECL bool make_folder(std::filesystem::path const& path, links how, mode_t mode = 0755) const;

private:
    unique_fd root_;
    std::filesystem::path path_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/beneath.ipp>
#endif
#endif
