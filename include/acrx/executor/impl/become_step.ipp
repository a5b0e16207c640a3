// What a new process does between clone and exec. Only async-signal-safe calls: no allocation, no locks, no exceptions.
#ifndef ACRX_EXECUTOR_IMPL_BECOME_STEP_IPP
#define ACRX_EXECUTOR_IMPL_BECOME_STEP_IPP
#include <acrx/executor/detail/capabilities.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/detail/new_root.hpp>

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace acrx::detail {
/// Puts the pipes at 0, 1, 2 and 3 and closes everything else.
inline void arrange_descriptors(launch_pipes pipes) noexcept
{
    // Copies above 3 first, so that none is overwritten before it is used.
    auto const input = ::fcntl(pipes.input, F_DUPFD, 10);
    auto const output = ::fcntl(pipes.output, F_DUPFD, 10);
    auto const report = ::fcntl(pipes.report, F_DUPFD, 10);
    ::dup2(input, 0);
    ::dup2(output, 1);
    ::dup2(output, 2);
    ::dup3(report, launch_report_descriptor, O_CLOEXEC);
    if (::syscall(SYS_close_range, 4U, ~0U, 0U) != 0)
        for (int descriptor = 4; descriptor < 65536; ++descriptor)
            ::close(descriptor);
}

/// Handlers and ignored signals of the parent are not the step's.
inline void reset_signals() noexcept
{
    struct sigaction usual
    {};
    usual.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        ::sigaction(number, &usual, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Dies with the thread that started us. Changing the user forgets this, so it is asked for twice.
inline void die_with_parent() noexcept
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    pollfd reader{launch_report_descriptor, 0, 0};
    if (::poll(&reader, 1, 0) > 0 && (reader.revents & POLLERR) != 0)
        ::_exit(125);
}

inline void raise_loopback() noexcept
{
    auto const socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (socket < 0 || ::ioctl(socket, SIOCSIFFLAGS, &request) != 0)
        fail(launch_stage::loopback);
    ::close(socket);
}

inline void drop_bounding_set(std::uint64_t kept) noexcept
{
    for (int number = 0; number <= 63; ++number) {
        if (has_capability(kept, number))
            continue;
        if (::prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0) {
            if (errno == EINVAL)  // past the last that the kernel knows
                break;
            fail(launch_stage::capabilities);
        }
    }
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

inline void load_filter(launch_plan const& plan) noexcept
{
    if (plan.filter.empty())
        return;
    sock_fprog program{};
    program.len = static_cast<unsigned short>(plan.filter.size());
    program.filter = const_cast<sock_filter*>(plan.filter.data());
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        fail(launch_stage::filter);
}

inline void set_capabilities(std::uint64_t mask) noexcept
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2]{};
    for (int half = 0; half < 2; ++half)
        data[half].effective = data[half].permitted = static_cast<std::uint32_t>(mask >> (32 * half));
    if (::syscall(SYS_capset, &header, data) != 0)
        fail(launch_stage::capabilities);
}

/// By raw calls: those of the C library would talk to threads that only the parent has.
inline void change_user(launch_plan const& plan) noexcept
{
    // In a user namespace with one id nobody may call setgroups.
    bool keeps_groups = plan.keeps_groups;
    for (auto const group : plan.groups)
        keeps_groups = keeps_groups && group == plan.gid;
    bool const grouped = ::syscall(SYS_setgroups, plan.groups.size(), plan.groups.data()) == 0
                         || (errno == EPERM && keeps_groups);
    if (!grouped || ::syscall(SYS_setresgid, plan.gid, plan.gid, plan.gid) != 0
        || ::syscall(SYS_setresuid, plan.uid, plan.uid, plan.uid) != 0)
        fail(launch_stage::user);
}

/// The filter needs privileges to be loaded without no_new_privs, so it comes before they are dropped.
inline void drop_privileges(launch_plan const& plan) noexcept
{
    if (plan.restricted) {
        drop_bounding_set(plan.capabilities);
        load_filter(plan);
    }
    if (plan.no_new_privileges && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail(launch_stage::capabilities);
    if (plan.change_user)
        change_user(plan);
    if (plan.restricted)
        set_capabilities(plan.uid == 0 ? plan.capabilities : 0);
}

/// A namespace of control groups has its root where the process is when it is made.
inline void enter_control_groups(launch_plan const& plan) noexcept
{
    for (auto const& file : plan.control_groups) {
        auto const opened = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
        if (opened < 0 || ::write(opened, "0", 1) != 1)
            fail(launch_stage::control_group);
        ::close(opened);
    }
    if (!plan.control_groups.empty() && ::unshare(CLONE_NEWCGROUP) != 0)
        fail(launch_stage::control_group);
}

/// Before anything is mounted: /sys shows the network of who mounts it.
inline void enter_network(launch_plan const& plan) noexcept
{
    if (plan.network.empty())
        return;
    auto const space = ::open(plan.network.c_str(), O_RDONLY | O_CLOEXEC);
    if (space < 0 || ::setns(space, CLONE_NEWNET) != 0)
        fail(launch_stage::network);
    ::close(space);
}

inline void set_limits(launch_plan const& plan) noexcept
{
    for (auto const& limit : plan.limits)
        if (::prlimit64(0, static_cast<__rlimit_resource>(limit.resource), &limit.value, nullptr) != 0)
            fail(launch_stage::limits);
}

[[noreturn]] inline void say_and_exit(std::string const& text, int status) noexcept
{
    [[maybe_unused]] auto const written = ::write(2, text.data(), text.size());
    ::_exit(status);
}

[[noreturn]] inline void execute(program_start const& start, char* const* args, char* const* env) noexcept
{
    bool refused = false;
    for (auto const& program : start.programs) {
        ::execve(program.c_str(), args, env);
        auto const number = errno;
        struct stat status
        {};
        bool const folder = number == EACCES && ::stat(program.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        if (folder && start.programs.size() > 1)
            continue;
        if (number == EACCES)
            refused = true;
        else if (number == ENOEXEC)
            say_and_exit("exec format error\n", 126);
        else if (number != ENOENT && number != ENOTDIR)
            say_and_exit(start.refused, 126);
    }
    if (refused)
        say_and_exit(start.refused, 126);
    say_and_exit(start.not_found, 127);
}

[[noreturn]] ACRX_DECL void become_step(launch_plan const& plan, char* const* args, char* const* env,
                                        launch_pipes pipes) noexcept
{
    arrange_descriptors(pipes);
    ::setsid();
    die_with_parent();
    reset_signals();
    ::umask(0);
    enter_control_groups(plan);
    enter_network(plan);
    make_root(plan);
    if (!plan.hostname.empty() && ::sethostname(plan.hostname.data(), plan.hostname.size()) != 0)
        fail(launch_stage::hostname);
    if (plan.loopback_up)
        raise_loopback();
    if (plan.change_user)
        ::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);  // where the kernel has keys
    ::umask(0022);
    set_limits(plan);
    drop_privileges(plan);
    die_with_parent();
    execute(plan.start, args, env);
}
}  // namespace acrx::detail
#endif
