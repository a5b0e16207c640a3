// A root filesystem of busybox and a harness that runs steps in it.
#ifndef ACRX_TESTS_INTEGRATION_EXECUTOR_BUSYBOX_ROOT_HPP
#define ACRX_TESTS_INTEGRATION_EXECUTOR_BUSYBOX_ROOT_HPP

#include <acrx/executor/run_step.hpp>
#include <acrx/io/unique_fd.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::testing {
/// Layers with busybox, and fresh upper folders over them. The folders of the kernel's filesystems and /run/secrets
/// are missing on purpose.
class busybox_root
{
public:
    busybox_root()
    {
        namespace fs = std::filesystem;
        for (auto const* name : {"layer/bin", "layer/etc", "layer/tmp", "layer/run", "state"})
            fs::create_directories(scratch_ / name);
        fs::permissions(scratch_.path(), fs::perms(0755));
        fs::permissions(scratch_ / "layer/tmp", fs::perms(01777));
        fs::copy_file("/bin/busybox", scratch_ / "layer/bin/busybox");
        for (auto const* name :
             {"sh",    "ls",       "cat",    "id",       "true",  "false",    "grep",  "sleep", "seq",   "stat",
              "mount", "hostname", "head",   "ifconfig", "env",   "printenv", "touch", "rm",    "mkdir", "kill",
              "nohup", "setsid",   "find",   "dd",       "chmod", "sort",     "tr",    "wc",    "ps",    "unshare",
              "mknod", "chroot",   "umount", "sysctl",   "df",    "readlink", "awk",   "ip"})
            fs::create_symlink("busybox", scratch_ / ("layer/bin/" + std::string(name)));
        scratch_.write("layer/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        scratch_.write("layer/etc/locked", "no");
        fs::permissions(scratch_ / "layer/etc/locked", fs::perms(0600));
        scratch_.write("layer/bin/not-executable", "x");
        fs::permissions(scratch_ / "layer/bin/not-executable", fs::perms(0644));
    }

    /// A root with an empty upper folder.
    root_filesystem fresh()
    {
        auto const folder = scratch_.path() / ("root" + std::to_string(++count_));
        root_filesystem root;
        root.lower = {scratch_ / "layer"};
        root.upper = folder / "upper";
        root.work = folder / "work";
        std::filesystem::create_directories(root.upper);
        std::filesystem::create_directories(root.work);
        ::chmod(root.upper.c_str(), 0755);
        return root;
    }

    /// `sh -c script` in a fresh root.
    step_spec shell(std::string script)
    {
        step_spec spec;
        spec.args = {"sh", "-c", std::move(script)};
        spec.env = {"PATH=/bin", "HOME=/root"};
        spec.root = fresh();
        return spec;
    }

    std::filesystem::path operator/(std::string_view name) const { return scratch_ / name; }
    scratch_folder const& scratch() const { return scratch_; }

private:
    scratch_folder scratch_;
    int count_ = 0;
};

struct step_result
{
    step_state state;
    std::string output;
};

template<class E>
step_result run_to_end(E& executor, step_spec const& spec, step_key const& key)
{
    step_result result;
    auto sink = [&](std::string_view text) { result.output += text; };
    result.state = run(run_step(executor, spec, key, sink));
    return result;
}

/// Everything below a folder, sorted, as relative paths.
inline std::vector<std::string> files_below(std::filesystem::path const& folder)
{
    std::vector<std::string> found;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
        found.push_back(entry.path().lexically_relative(folder).string());
    std::sort(found.begin(), found.end());
    return found;
}

/// Whether a process of this machine has `word` in its command line, zombies aside.
inline bool runs_somewhere(std::string const& word)
{
    for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
        unique_fd const file(::open((entry.path() / "cmdline").c_str(), O_RDONLY | O_CLOEXEC));
        std::string text(4096, '\0');
        auto const size = file ? ::read(file.get(), text.data(), text.size()) : 0;  // a process may end meanwhile
        if (size > 0 && std::string_view(text).substr(0, static_cast<std::size_t>(size)).find(word) != text.npos)
            return true;
    }
    return false;
}

/// The control groups of a name at the top of each hierarchy that has it.
inline std::vector<std::filesystem::path> groups_named(std::string const& name)
{
    std::filesystem::path const top = "/sys/fs/cgroup";
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    if (std::filesystem::exists(top / name, failed))
        found.push_back(top / name);
    for (std::filesystem::directory_iterator at(top, failed), end; !failed && at != end; at.increment(failed))
        if (!at->is_symlink(failed) && std::filesystem::exists(at->path() / name, failed))
            found.push_back(at->path() / name);
    return found;
}

/// Whether one of the groups directly below `parents` has a process.
inline bool has_process(std::vector<std::filesystem::path> const& parents)
{
    for (auto const& parent : parents) {
        std::error_code failed;
        for (std::filesystem::directory_iterator at(parent, failed), end; !failed && at != end; at.increment(failed)) {
            std::ifstream members(at->path() / "cgroup.procs");
            std::string line;
            if (std::getline(members, line))
                return true;
        }
    }
    return false;
}

/// Whether this mount namespace has a mount whose line contains `word`.
inline bool is_mounted(std::string const& word)
{
    std::ifstream file("/proc/self/mountinfo");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    return text.find(word) != text.npos;
}
}  // namespace acrx::testing
#endif
