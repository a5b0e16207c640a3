// Everything that a new process needs to become a step, made before it starts: it must not allocate.
#ifndef ACRX_EXECUTOR_DETAIL_LAUNCH_PLAN_HPP
#define ACRX_EXECUTOR_DETAIL_LAUNCH_PLAN_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/mount_table.hpp>
#include <acrx/executor/step_spec.hpp>

#include <linux/filter.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// What is to be executed, once the surroundings are made.
struct program_start
{
    std::vector<std::string> programs;  ///< paths, tried in turn
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::string not_found;  ///< written to the output, status 127, if none of `programs` exists
    std::string refused;    ///< written to the output, status 126, if one exists and cannot be executed
};

/// The paths where execvp would look for `args.front()`: PATH of `env`, else the usual one.
ACRX_DECL program_start program_of(step_spec const& spec);

/// A limit in the terms of setrlimit(2).
struct process_limit
{
    int resource = 0;
    rlimit64 value{};
};

/// The limits of a specification. @throws error (`errc::invalid_argument`) for a name that there is none of
ACRX_DECL std::vector<process_limit> limits_of(step_spec const& spec);

/// A process in namespaces of its own, possibly with a root of its own.
struct launch_plan
{
    unsigned long namespaces = 0;      ///< `CLONE_NEW…`
    std::vector<mount_entry> outside;  ///< mounts on this machine's own tree, seen by the new process only

    std::string mount_point;                   ///< an empty folder of this machine; empty if there is no new root
    std::vector<std::string> folders;          ///< of the root; the new process has them open as 4, 5, …
    std::vector<std::string> overlay_options;  ///< tried in turn; if there are none, `folders.front()` is the root
    std::vector<mount_entry> mounts;           ///< below the new root
    std::vector<mount_entry> points;           ///< only their targets are made, below the new root
    std::string working_dir = "/";             ///< made below the new root, owned by `uid` and `gid`, if missing
    bool enter_root = false;                   ///< the new root becomes `/`
    bool read_only_root = false;

    std::string network;                      ///< file of the network namespace to enter; empty stays
    std::vector<std::string> control_groups;  ///< files `cgroup.procs` that the process enters itself in, first of all
    std::vector<process_limit> limits;
    std::string hostname;  ///< of the new process; empty leaves it
    bool loopback_up = false;
    bool restricted = false;  ///< only `capabilities`, and the filter
    std::uint64_t capabilities = 0;
    std::vector<sock_filter> filter;  ///< empty lets every system call pass
    bool no_new_privileges = false;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    bool keeps_groups = false;  ///< where the kernel forbids to give up those of this process
    bool change_user = false;
    program_start start;
};

/// The folders without those that are in the stack once more further up, which overlayfs refuses: a layer that is there
/// twice, such as one that changes nothing, adds nothing at its lower place.
ACRX_DECL std::vector<std::filesystem::path> distinct_folders(std::vector<std::filesystem::path> const& stack);

/// Fills the part about the root: what to open, to stack and to mount on.
/// @param mount_points  folders below all layers, topmost first
ACRX_DECL void plan_root(launch_plan& plan, root_filesystem const& root, std::vector<std::string> const& mount_points);

/// Which part of the way a new process failed at.
enum class launch_stage : std::int32_t
{
    made_point,  ///< no failure: a mount point was made that was not there
    control_group,
    network,
    private_mounts,
    outside_mount,
    open_folder,
    mount_root,
    mount_entry,
    working_dir,
    enter_root,
    protect_root,
    hostname,
    loopback,
    capabilities,
    filter,
    user,
    limits,
};

/// What a new process tells its parent, in one write.
struct launch_report
{
    launch_stage stage{};
    std::int32_t number = 0;  ///< errno
    std::uint32_t entry = 0;  ///< of the list that the stage is about
    char path[500] = {};      ///< `made_point`: inside the root, ended by a zero
};

/// What the new process is given by its parent; all else is closed.
struct launch_pipes
{
    int input = -1;
    int output = -1;
    int report = -1;
};

/// Turns the new process into the step; called right after clone, makes only async-signal-safe calls.
[[noreturn]] ACRX_DECL void become_step(launch_plan const& plan, char* const* args, char* const* env,
                                        launch_pipes pipes) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/become_step.ipp>
#include <acrx/executor/impl/launch_plan.ipp>
#endif
#endif
