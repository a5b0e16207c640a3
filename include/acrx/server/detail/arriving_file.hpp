// A file that has its final name only when it is whole.
#ifndef ACRX_SERVER_DETAIL_ARRIVING_FILE_HPP
#define ACRX_SERVER_DETAIL_ARRIVING_FILE_HPP

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

namespace acrx::detail {
/// Leaves nothing unless it was kept.
class arriving_file
{
public:
    explicit arriving_file(std::filesystem::path file)
        : file_(std::move(file)), temporary_(temporary_name(file_.parent_path(), ".arriving")),
          open_(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600))
    {
        if (!open_)
            throw_file_errno("making " + temporary_.string());
    }
    arriving_file(arriving_file const&) = delete;
    arriving_file& operator=(arriving_file const&) = delete;
    ~arriving_file()
    {
        std::error_code gone;
        if (!is_kept_)
            std::filesystem::remove(temporary_, gone);
    }

    void write(std::span<std::byte const> bytes) { write_all(open_.get(), bytes, temporary_); }
    /// @param how  whether it is to outlive a power failure
    void keep(durability how = durability::synced)
    {
        if (how == durability::synced && ::fsync(open_.get()) != 0)
            throw_file_errno("writing " + temporary_.string());
        if (std::rename(temporary_.c_str(), file_.c_str()) != 0)
            throw_errno("renaming to " + file_.string());
        is_kept_ = true;
    }

private:
    std::filesystem::path file_;
    std::filesystem::path temporary_;
    unique_fd open_;
    bool is_kept_ = false;
};
}  // namespace acrx::detail
#endif
