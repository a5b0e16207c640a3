// A folder that goes away with the object that made it.
#ifndef ACRX_IO_SCRATCH_FOLDER_HPP
#define ACRX_IO_SCRATCH_FOLDER_HPP

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <filesystem>
#include <string_view>
#include <system_error>

namespace acrx {
/// Made when it is first asked for. One that its owner left behind is known by its name: see `is_abandoned`.
class scratch_folder
{
public:
    explicit scratch_folder(std::filesystem::path const& parent, std::string_view prefix = "step")
        : path_(temporary_name(parent, prefix))
    {}
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder()
    {
        try {
            if (made_)
                remove_tree(path_);
        } catch (error const&) {  // what is in use is left to whoever looks for abandoned names
        }
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

/// Removes what is in a folder and `is_abandoned`. A folder that is not there is no error.
/// @throws error naming what could not be removed
inline void remove_abandoned(std::filesystem::path const& folder)
{
    std::error_code missing;
    for (auto const& entry : std::filesystem::directory_iterator(folder, missing))
        if (is_abandoned(entry.path().filename().string()))
            remove_tree(entry.path());
}
}  // namespace acrx
#endif
