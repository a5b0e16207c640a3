// What lies on the disk: names, times and sizes of files and folders.
#ifndef ACRX_CLI_DETAIL_DISK_ITEMS_HPP
#define ACRX_CLI_DETAIL_DISK_ITEMS_HPP

#include <acrx/core/clock.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <vector>

namespace acrx::cli::detail {
/// What a file, or a folder with all that is below it, takes up; 0 if it is not there.
inline std::uint64_t bytes_below(std::filesystem::path const& path)
{
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0)
        return 0;
    auto bytes = static_cast<std::uint64_t>(status.st_blocks) * 512;
    if (!S_ISDIR(status.st_mode))
        return bytes;
    std::error_code unreadable;
    for (auto at = std::filesystem::recursive_directory_iterator(path, unreadable);
         !unreadable && at != std::filesystem::recursive_directory_iterator(); at.increment(unreadable))
        if (::lstat(at->path().c_str(), &status) == 0)
            bytes += static_cast<std::uint64_t>(status.st_blocks) * 512;
    return bytes;
}

inline time_point time_of_writing(std::filesystem::path const& path)
{
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0)
        return {};
    return time_point(std::chrono::seconds(status.st_mtim.tv_sec) + std::chrono::nanoseconds(status.st_mtim.tv_nsec));
}

inline std::vector<std::filesystem::path> names_in(std::filesystem::path const& folder)
{
    std::vector<std::filesystem::path> names;
    std::error_code missing;
    for (auto const& entry : std::filesystem::directory_iterator(folder, missing))
        names.push_back(entry.path());
    std::sort(names.begin(), names.end());
    return names;
}
}  // namespace acrx::cli::detail
#endif
