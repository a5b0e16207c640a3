// A folder that a context source fills, and that is empty again if it fails.
#ifndef ACRX_CONTEXT_DETAIL_FILLED_FOLDER_HPP
#define ACRX_CONTEXT_DETAIL_FILLED_FOLDER_HPP

#include <acrx/io/files.hpp>

#include <filesystem>
#include <system_error>

namespace acrx::detail {
/// Makes the folder, for our eyes only, and empties it at the end unless `keep` was called.
class filled_folder
{
public:
    explicit filled_folder(std::filesystem::path const& folder) : path_(std::filesystem::absolute(folder))
    {
        std::filesystem::create_directories(path_);
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    filled_folder(filled_folder const&) = delete;
    filled_folder& operator=(filled_folder const&) = delete;
    ~filled_folder()
    {
        if (!kept_)
            clear();
    }

    std::filesystem::path const& path() const noexcept { return path_; }
    void keep() noexcept { kept_ = true; }
    /// What cannot be removed stays: the failure that led here is the one to tell of.
    void clear() noexcept
    try {
        std::error_code unreadable;
        for (auto const& entry : std::filesystem::directory_iterator(path_, unreadable))
            remove_tree(entry.path());
    } catch (...) {
    }

private:
    std::filesystem::path path_;
    bool kept_ = false;
};

/// A folder that goes with its object.
class passing_folder
{
public:
    explicit passing_folder(std::filesystem::path path) : content_(path) {}
    passing_folder(passing_folder const&) = delete;
    passing_folder& operator=(passing_folder const&) = delete;
    ~passing_folder()
    {
        content_.clear();
        std::error_code ignored;
        std::filesystem::remove(content_.path(), ignored);
    }
    std::filesystem::path const& path() const noexcept { return content_.path(); }

private:
    filled_folder content_;
};
}  // namespace acrx::detail
#endif
