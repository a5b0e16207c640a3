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
    /// Is written beside its name. @param mode  who may read it in the end
    explicit arriving_file(std::filesystem::path const& file, ::mode_t mode = 0600)
        : arriving_file(file, temporary_name(file.parent_path(), ".arriving"), mode)
    {}
    /// Is written elsewhere on the same disk. @param temporary  a name that nobody has, see `temporary_name`
    arriving_file(std::filesystem::path file, std::filesystem::path temporary, ::mode_t mode)
        : arriving_file(std::move(file), std::move(temporary), O_WRONLY | O_CREAT | O_EXCL, mode)
    {}
    /// Takes over a file that somebody else wrote to its end.
    static arriving_file adopt(std::filesystem::path file, std::filesystem::path temporary)
    {
        return {std::move(file), std::move(temporary), O_RDONLY, 0};
    }

    void write(std::span<std::byte const> bytes) { write_all(open_.get(), bytes, file_); }
    int descriptor() const noexcept { return open_.get(); }
    /// Gives the file its name; it replaces what had it. @param how  whether it is to outlive a power failure
    void keep(durability how = durability::synced)
    {
        if (how == durability::synced && ::fdatasync(open_.get()) != 0)
            throw_file_errno("writing " + file_.string());
        if (std::rename(temporary_.path().c_str(), file_.c_str()) != 0)
            throw_file_errno("writing " + file_.string());
    }

private:
    arriving_file(std::filesystem::path file, std::filesystem::path temporary, int flags, ::mode_t mode)
        : file_(std::move(file)), temporary_(std::move(temporary)),
          open_(::open(temporary_.path().c_str(), flags | O_CLOEXEC, mode))
    {
        if (!open_)
            throw_file_errno("writing " + file_.string());
    }

    std::filesystem::path file_;
    scratch_file temporary_;
    unique_fd open_;
};
}  // namespace acrx
#endif
