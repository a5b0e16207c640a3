// A filesystem of a few megabytes, for tests that fill it.
#ifndef ACRX_TESTS_SUPPORT_SMALL_DISK_HPP
#define ACRX_TESTS_SUPPORT_SMALL_DISK_HPP

#include <sched.h>
#include <sys/mount.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace acrx::testing {
/// A tmpfs at a folder. It is seen by this process and its children only, and so goes with them, whatever happens.
class small_disk
{
public:
    small_disk(std::filesystem::path folder, std::size_t bytes) : folder_(std::move(folder))
    {
        static bool const alone =
            ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        std::filesystem::create_directories(folder_);
        auto const size = "size=" + std::to_string(bytes);
        if (!alone || ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size.c_str()) != 0)
            throw std::runtime_error("mounting a small disk at " + folder_.string());
    }
    small_disk(small_disk const&) = delete;
    small_disk& operator=(small_disk const&) = delete;
    ~small_disk() { ::umount2(folder_.c_str(), MNT_DETACH); }

    std::size_t free() const { return std::filesystem::space(folder_).available; }

private:
    std::filesystem::path folder_;
};
}  // namespace acrx::testing
#endif
