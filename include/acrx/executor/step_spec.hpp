// What a step is to run, where, as whom: a value that any executor can take.
#ifndef ACRX_EXECUTOR_STEP_SPEC_HPP
#define ACRX_EXECUTOR_STEP_SPEC_HPP

#include <acrx/snapshot/root_filesystem.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// Which network a step sees.
enum class network_mode
{
    host,  ///< the network of this machine
    none,  ///< loopback only
};

/// A file or folder of this machine that a step sees.
struct bind_mount
{
    std::filesystem::path source;
    std::string target;  ///< absolute, inside the root; made if missing
    bool read_only = true;
};

/// A memory filesystem that a step sees.
struct tmpfs_mount
{
    std::string target;
    std::uint64_t size = 0;  ///< bytes; 0 is the kernel's default
    std::uint32_t mode = 01777;
};

/// Everything that decides what a step does. All names are already looked up: numbers only.
struct step_spec
{
    std::vector<std::string> args;  ///< at least one; without a slash, looked up in PATH of `env` inside the root
    std::vector<std::string> env;   ///< `K=V`, complete: nothing of the host is added
    std::string working_dir = "/";  ///< absolute, inside the root; made, owned by the user, if missing
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> groups;  ///< supplementary
    root_filesystem root;               ///< ignored by executors without isolation
    std::vector<bind_mount> binds;      ///< in the order to be made
    std::vector<tmpfs_mount> tmpfs;
    network_mode network = network_mode::host;
    std::string hostname = "buildkitsandbox";
    std::vector<std::pair<std::string, std::string>> extra_hosts;  ///< name and address, for /etc/hosts
    bool read_only_root = false;
    bool privileged = false;               ///< all capabilities, no seccomp filter
    std::uint64_t shm_size = 64ULL << 20;  ///< bytes of /dev/shm
    std::chrono::milliseconds timeout{0};  ///< the whole process tree is killed then; 0 is no limit
};
}  // namespace acrx
#endif
