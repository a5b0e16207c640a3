// What a step is to run, where, as whom: a value that any executor can take.
#ifndef ACRX_EXECUTOR_STEP_SPEC_HPP
#define ACRX_EXECUTOR_STEP_SPEC_HPP

#include <acrx/executor/published_port.hpp>
#include <acrx/executor/step_rights.hpp>
#include <acrx/snapshot/root_filesystem.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
/// Which network a step sees.
enum class network_mode
{
    host,  ///< the network of this machine
    none,  ///< loopback only
    joined,  ///< the network `step_spec::network_name` of its run, or the one of `step_spec::place`
};

/// A place in a network that is ready for one step. @see run_network
struct network_place
{
    std::string name_space;                 ///< file of the network namespace, such as `/run/netns/a`
    std::string address;                    ///< of the step in it
    std::vector<std::string> name_servers;  ///< addresses for /etc/resolv.conf, asked before those of this machine
    std::filesystem::path hosts;            ///< shown as /etc/hosts; empty writes one
    std::string metadata = {};              ///< where a metadata service answers, `http://ADDRESS[:PORT]`; empty for nowhere
};

/// What all processes of a step together may use, by a control group.
struct resource_quota
{
    double cpus = 0;              ///< processors, such as 1.5; 0 is no limit
    std::uint64_t memory = 0;     ///< bytes, swap included; 0 is no limit
    std::uint64_t processes = 0;  ///< threads count; 0 is no limit
    bool operator==(resource_quota const&) const = default;
};

/// A file or folder of this machine that a step sees.
struct bind_mount
{
    std::filesystem::path source;
    std::string target;  ///< absolute, inside the root; made if missing
    bool read_only = true;
    std::string part = {};  ///< path below the folder `source`, which no link can leave; empty is `source` itself
};

/// A stack of folders, or a part of it, that a step sees. What it writes there stays in `stack.upper`.
struct overlay_mount
{
    root_filesystem stack;  ///< without `upper` it is read-only, and `lower` is not empty
    std::string target;
    bool read_only = true;
    std::string part = {};  ///< path below the top of the stack, which no link can leave; empty is all of it
    bool is_file = false;   ///< what `part` names
    bool metacopy = false;  ///< upper folders of the stack may hold files that have all but their bytes
};

/// A memory filesystem that a step sees.
struct tmpfs_mount
{
    std::string target;
    std::uint64_t size = 0;  ///< bytes; 0 is the kernel's default
    std::uint32_t mode = 01777;
    bool read_only = false;
};

/// A file that exists in memory only, and that nobody but this step sees.
struct memory_file
{
    std::string content;
    std::string target;
    std::uint32_t mode = 0400;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// What appears at a path of the root while a step runs.
using step_mount = std::variant<bind_mount, overlay_mount, tmpfs_mount, memory_file>;

/// A device node that a step sees beside the usual ones.
struct device_node
{
    std::string path;              ///< below /dev
    std::filesystem::path source;  ///< the node of this machine, shown where none can be made
    char type = 'c';               ///< `b`, `c` or `p`, as mknod(1) has it
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t mode = 0666;  ///< permission bits
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string access = "rwm";  ///< what a control group of its own lets it do: read, write, make nodes
};

/// A limit on what each process of a step may use, as `ulimit` sets it.
struct resource_limit
{
    static constexpr std::uint64_t unlimited = ~std::uint64_t{0};
    std::string name;  ///< `nofile`, `nproc`, `core`, ...
    std::uint64_t soft = unlimited;
    std::uint64_t hard = unlimited;
    bool operator==(resource_limit const&) const = default;
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
    std::vector<step_mount> mounts;     ///< in the order to be made
    std::vector<device_node> devices;   ///< a later one goes before an earlier one at the same path
    network_mode network = network_mode::host;
    std::string hostname = "buildkitsandbox";
    std::vector<std::pair<std::string, std::string>> extra_hosts;  ///< name and address, for /etc/hosts
    bool read_only_root = false;
    bool privileged = false;  ///< all capabilities, no seccomp filter, the devices of this machine
    step_rights rights = {};  ///< of a step that is not privileged
    std::vector<resource_limit> limits;    ///< others are as this process has them
    std::string cgroup_parent;             ///< control group above that of the step; empty leaves it to the executor
    std::uint64_t shm_size = 64ULL << 20;  ///< bytes of /dev/shm
    std::chrono::milliseconds timeout{0};  ///< the whole process tree is killed then; 0 is no limit
    resource_quota quota = {};
    std::string isolation = {};  ///< empty and `default` are what there is here; others are refused

    /// With `network_mode::joined`: a network of the run that `key` names, by `make_network`.
    std::string network_name = {};
    std::string id = {};                     ///< its name there; empty is the step part of its key
    std::vector<std::string> aliases = {};   ///< further names of the step there
    std::vector<published_port> ports = {};  ///< reached from outside of the network
    network_place place = {};                ///< instead of a name: a place that was made already

    std::string image = {};  ///< for engines that keep images themselves, instead of `root`
    std::string user = {};   ///< for them: as the image knows it, instead of `uid`, `gid` and `groups`; empty is the image's
    std::vector<std::string> more_groups = {};  ///< names or numbers; `set_account` moves them to `groups`
};
}  // namespace acrx
#endif
