// A file that has its final name only when it is whole.
#ifndef ACRX_IO_ARRIVING_FILE_HPP
#define ACRX_IO_ARRIVING_FILE_HPP

#include <acrx/io/files.hpp>
#include <acrx/io/scratch_file.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <utility>

namespace acrx {
/// Leaves nothing unless it was kept.
class arriving_file
{
public:
    explicit arriving_file(std::filesystem::path file)
        : file_(std::move(file)), temporary_(temporary_name(file_.parent_path(), ".arriving")),
          open_(::open(temporary_.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600))
    {
        if (!open_)
            throw_file_errno("writing " + temporary_.path().string());
    }

    void write(std::span<std::byte const> bytes) { write_all(open_.get(), bytes, file_); }
    /// Gives the file its name; it replaces what had it. @param how  whether it is to outlive a power failure
    void keep(durability how = durability::synced)
    {
        if (how == durability::synced && ::fsync(open_.get()) != 0)
            throw_file_errno("writing " + file_.string());
        if (std::rename(temporary_.path().c_str(), file_.c_str()) != 0)
            throw_file_errno("writing " + file_.string());
    }

private:
    std::filesystem::path file_;
    scratch_file temporary_;
    unique_fd open_;
};
}  // namespace acrx
#endif
