// Bodies of executor/detail/launch.hpp.
#ifndef ACRX_EXECUTOR_IMPL_LAUNCH_IPP
#define ACRX_EXECUTOR_IMPL_LAUNCH_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/launch.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <optional>
#include <utility>

namespace acrx::detail {
struct pipe_ends
{
    unique_fd reading;
    unique_fd writing;
};

inline pipe_ends make_pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw_errno("making a pipe for a step");
    return {unique_fd(ends[0]), unique_fd(ends[1])};
}

inline std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// @return whether the kernel says that we may not, in one of its ways
inline bool is_refusal(int number) noexcept
{
    return number == EPERM || number == EACCES || number == ENOSYS;
}

[[noreturn]] inline void throw_clone_error(int number)
{
    std::string const doing = "making the namespaces of a step";
    if (number == ENOSPC || number == EUSERS)
        throw error(error_code(number, boost::system::system_category()), doing,
                    "The limit of namespaces is reached: see the sysctls user.max_*_namespaces.");
    if (!is_refusal(number))
        throw_errno(number, doing);
    require_steps(doing);
    throw error(errc::no_permission, doing,
                "The kernel refused it. Inside a container, give that one --privileged, or CAP_SYS_ADMIN with its "
                "seccomp and AppArmor profiles off.");
}

inline std::string words_of(launch_report const& report, launch_plan const& plan)
{
    auto const target = [&](std::vector<mount_entry> const& table) {
        if (report.entry >= table.size())
            return std::string("the mounts of a step");
        auto const& entry = table[report.entry];
        auto const from = entry.what == mount_entry::kind::bind_file || entry.what == mount_entry::kind::bind_folder;
        auto const part = entry.part.empty() ? std::string() : "/" + entry.part;
        return (from ? entry.source + part + " at " : std::string()) + entry.target;
    };
    switch (report.stage) {
    case launch_stage::made_point: break;
    case launch_stage::control_group: return "entering the control group of a step";
    case launch_stage::network: return "entering the network of a step";
    case launch_stage::private_mounts: return "making the mounts of a step private";
    case launch_stage::outside_mount: return "mounting " + target(plan.outside);
    case launch_stage::open_folder:
        return "opening the folder " + (report.entry < plan.folders.size() ? plan.folders[report.entry] : "of a layer");
    case launch_stage::mount_root:
        return plan.overlay_options.empty() ? "mounting the root of a step"
                                            : "mounting an overlayfs as the root of a step";
    case launch_stage::mount_entry: return "mounting " + target(plan.mounts) + " inside a step";
    case launch_stage::working_dir: return "going to the working folder " + plan.working_dir;
    case launch_stage::enter_root: return "entering the root of a step";
    case launch_stage::protect_root: return "making the root of a step read-only";
    case launch_stage::hostname: return "setting the host name of a step";
    case launch_stage::loopback: return "raising the loopback network of a step";
    case launch_stage::capabilities: return "dropping the capabilities of a step";
    case launch_stage::filter: return "loading the seccomp filter of a step";
    case launch_stage::user: return "changing to the user " + std::to_string(plan.uid) + " of a step";
    case launch_stage::limits: return "setting the resource limits of a step";
    }
    return "starting a step";
}

[[noreturn]] inline void throw_report(launch_report const& report, launch_plan const& plan)
{
    auto const doing = words_of(report, plan);
    if (report.number == EPERM && report.stage == launch_stage::mount_root && !is_first_user_namespace())
        throw error(errc::no_permission, doing, "In a user namespace, overlayfs takes Linux 5.11 or later.");
    if (report.number == EPERM && report.stage == launch_stage::limits)
        throw error(errc::no_permission, doing,
                    "Only root may raise a hard limit, and nobody that of nofile beyond /proc/sys/fs/nr_open.");
    if (report.number == EPERM || (report.number == EACCES && report.stage == launch_stage::mount_root))
        throw error(errc::no_permission, doing,
                    "The kernel refused it. Inside a container, give that one --privileged, or CAP_SYS_ADMIN with its "
                    "seccomp and AppArmor profiles off.");
    if (report.stage == launch_stage::mount_root && (report.number == EINVAL || report.number == ENODEV))
        throw error(error_code(report.number, boost::system::system_category()), doing,
                    "overlayfs does not accept these folders: the state folder must be on a filesystem such as ext4 "
                    "or xfs, not on another overlay, and the kernel needs its module `overlay`.");
    if (report.stage == launch_stage::private_mounts && report.number == EINVAL)
        throw error(error_code(report.number, boost::system::system_category()), doing,
                    "The root folder of this process is no mount point, as in a chroot: bind-mount that folder onto "
                    "itself before entering it.");
    throw_errno(report.number, doing);
}

/// Clones with all signals blocked, so that no handler of ours runs in the new process.
inline step_process clone_step(launch_plan& plan, launch_pipes pipes)
{
    auto const args = pointers_to(plan.start.args);
    auto const env = pointers_to(plan.start.env);
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);
    int handle = -1;
    // Not clone3: seccomp filters around us cannot look into its arguments, and so refuse all of it.
    auto const id = ::syscall(SYS_clone, plan.namespaces | CLONE_PIDFD | SIGCHLD, nullptr, &handle, nullptr, nullptr);
    auto const number = errno;
    if (id == 0)
        become_step(plan, args.data(), env.data(), pipes);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (id < 0)
        throw_clone_error(number);
    return {static_cast<pid_t>(id), unique_fd(handle)};
}

[[noreturn]] inline void throw_user_error(launch_plan const& plan)
{
    auto const doing = "running a step as user " + std::to_string(plan.uid) + ":" + std::to_string(plan.gid);
    if (errno != EINVAL || is_first_user_namespace())
        throw_errno(doing);
    throw error(errc::no_permission, doing, "The user namespace has no such id. " + what_steps_lack());
}

ACRX_DECL net::awaitable<launched_process> launch(launch_plan plan)
{
    auto output = make_pipe();
    auto report = make_pipe();
    unique_fd const input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!input)
        throw_errno("opening /dev/null");
    // So that the step may open /dev/stdout, whoever it is.
    if (plan.uid != 0 && ::fchown(output.writing.get(), plan.uid, plan.gid) != 0)
        throw_user_error(plan);
    launched_process result;
    auto process = clone_step(plan, {input.get(), output.writing.get(), report.writing.get()});
    output.writing.reset();
    report.writing.reset();

    net::posix::stream_descriptor reports(co_await net::this_coro::executor, report.reading.release());
    launch_report heard;
    for (;;) {
        error_code ended;
        auto const buffer = net::buffer(&heard, sizeof heard);
        auto const size = co_await net::async_read(reports, buffer, net::redirect_error(net::use_awaitable, ended));
        if (ended == net::error::operation_aborted)
            throw error(ended, "starting a step");
        if (size < sizeof heard)
            break;
        if (heard.stage != launch_stage::made_point)
            throw_report(heard, plan);
        heard.path[sizeof heard.path - 1] = '\0';
        result.made_points.emplace_back(heard.path);
    }
    co_return launched_process{std::move(process), std::move(output.reading), std::move(result.made_points)};
}
}  // namespace acrx::detail
#endif
