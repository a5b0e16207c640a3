// A folder for one test, gone with it.
#ifndef ACRX_TESTS_SUPPORT_SCRATCH_FOLDER_HPP
#define ACRX_TESTS_SUPPORT_SCRATCH_FOLDER_HPP

#include <acrx/io/files.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace acrx::testing {
class scratch_folder
{
public:
    scratch_folder() : path_(temporary_name(std::filesystem::temp_directory_path(), "acrx-test"))
    {
        std::filesystem::create_directories(path_);
    }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder() { remove_tree(path_); }

    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    std::filesystem::path write(std::string_view name, std::string_view bytes) const
    {
        auto const file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return file;
    }

private:
    std::filesystem::path path_;
};
}  // namespace acrx::testing
#endif
