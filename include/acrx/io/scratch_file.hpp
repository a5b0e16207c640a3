// A file that goes away with the object that stands for it, unless it was moved elsewhere meanwhile.
#ifndef ACRX_IO_SCRATCH_FILE_HPP
#define ACRX_IO_SCRATCH_FILE_HPP

#include <filesystem>
#include <system_error>
#include <utility>

namespace acrx {
/// Stands for a name of its own, see `temporary_name`; whoever wants to keep the file renames it.
///
/// It does not make the file, and does not mind if there is none.
class scratch_file
{
public:
    explicit scratch_file(std::filesystem::path path) noexcept : path_(std::move(path)) {}
    scratch_file(scratch_file&& from) noexcept : path_(std::exchange(from.path_, {})) {}
    scratch_file& operator=(scratch_file&& from) noexcept
    {
        std::swap(path_, from.path_);
        return *this;
    }
    ~scratch_file()
    {
        std::error_code ignored;  // what is in use is left to whoever looks for abandoned names
        if (!path_.empty())
            std::filesystem::remove(path_, ignored);
    }

    std::filesystem::path const& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};
}  // namespace acrx
#endif
