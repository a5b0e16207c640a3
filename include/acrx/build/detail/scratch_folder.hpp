// A folder that goes away with the object that made it.
#ifndef ACRX_BUILD_DETAIL_SCRATCH_FOLDER_HPP
#define ACRX_BUILD_DETAIL_SCRATCH_FOLDER_HPP

#include <acrx/io/files.hpp>

#include <filesystem>
#include <system_error>

namespace acrx::detail {
/// Made when it is first asked for: most steps need none.
class scratch_folder
{
public:
    explicit scratch_folder(std::filesystem::path parent) : path_(temporary_name(parent, "step")) {}
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder()
    {
        std::error_code left_for_prune;
        if (made_)
            std::filesystem::remove_all(path_, left_for_prune);
    }

    /// Where it is, or would be.
    std::filesystem::path const& path() const noexcept { return path_; }
    std::filesystem::path const& get()
    {
        if (!made_)
            std::filesystem::create_directories(path_);
        made_ = true;
        return path_;
    }

private:
    std::filesystem::path path_;
    bool made_ = false;
};
}  // namespace acrx::detail
#endif
