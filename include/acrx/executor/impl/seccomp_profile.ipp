// Bodies of executor/detail/seccomp_profile.hpp.
#ifndef ACRX_EXECUTOR_IMPL_SECCOMP_PROFILE_IPP
#define ACRX_EXECUTOR_IMPL_SECCOMP_PROFILE_IPP
#include <acrx/executor/detail/capabilities.hpp>
#include <acrx/executor/detail/seccomp_profile.hpp>

#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::span<std::string_view const> allowed_calls()
{
    // What needs a capability is here if steps have that one: chroot, not mount.
    // clang-format off
    static constexpr std::string_view names[] = {
        "_llseek", "_newselect", "accept", "accept4", "access", "adjtimex", "alarm", "arch_prctl", "arm_fadvise64_64",
        "arm_sync_file_range", "bind", "breakpoint", "brk", "cacheflush", "cachestat", "capget", "capset", "chdir",
        "chmod", "chown", "chown32", "chroot", "clock_adjtime", "clock_adjtime64", "clock_getres",
        "clock_getres_time64", "clock_gettime", "clock_gettime64", "clock_nanosleep", "clock_nanosleep_time64",
        "close", "close_range", "connect", "copy_file_range", "creat", "dup", "dup2", "dup3", "epoll_create",
        "epoll_create1", "epoll_ctl", "epoll_ctl_old", "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old",
        "eventfd", "eventfd2", "execve", "execveat", "exit", "exit_group", "faccessat", "faccessat2", "fadvise64",
        "fadvise64_64", "fallocate", "fanotify_mark", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown",
        "fchown32", "fchownat", "fcntl", "fcntl64", "fdatasync", "fgetxattr", "flistxattr", "flock", "fork",
        "fremovexattr", "fsetxattr", "fstat", "fstat64", "fstatat64", "fstatfs", "fstatfs64", "fsync", "ftruncate",
        "ftruncate64", "futex", "futex_requeue", "futex_time64", "futex_wait", "futex_waitv", "futex_wake",
        "futimesat", "get_robust_list", "get_thread_area", "getcpu", "getcwd", "getdents", "getdents64", "getegid",
        "getegid32", "geteuid", "geteuid32", "getgid", "getgid32", "getgroups", "getgroups32", "getitimer",
        "getpeername", "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getrandom", "getresgid",
        "getresgid32", "getresuid", "getresuid32", "getrlimit", "getrusage", "getsid", "getsockname", "getsockopt",
        "gettid", "gettimeofday", "getuid", "getuid32", "getxattr", "getxattrat", "inotify_add_watch", "inotify_init",
        "inotify_init1", "inotify_rm_watch", "io_cancel", "io_destroy", "io_getevents", "io_pgetevents",
        "io_pgetevents_time64", "io_setup", "io_submit", "ioctl", "ioprio_get", "ioprio_set", "ipc", "kill",
        "landlock_add_rule", "landlock_create_ruleset", "landlock_restrict_self", "lchown", "lchown32", "lgetxattr",
        "link", "linkat", "listen", "listmount", "listxattr", "listxattrat", "llistxattr", "lremovexattr", "lseek",
        "lsetxattr", "lstat", "lstat64", "madvise", "map_shadow_stack", "membarrier", "memfd_create", "memfd_secret",
        "mincore", "mkdir", "mkdirat", "mknod", "mknodat", "mlock", "mlock2", "mlockall", "mmap", "mmap2",
        "modify_ldt", "mprotect", "mq_getsetattr", "mq_notify", "mq_open", "mq_timedreceive",
        "mq_timedreceive_time64", "mq_timedsend", "mq_timedsend_time64", "mq_unlink", "mremap", "mseal", "msgctl",
        "msgget", "msgrcv", "msgsnd", "msync", "munlock", "munlockall", "munmap", "name_to_handle_at", "nanosleep",
        "newfstatat", "open", "openat", "openat2", "pause", "pidfd_open", "pidfd_send_signal", "pipe", "pipe2",
        "pkey_alloc", "pkey_free", "pkey_mprotect", "poll", "ppoll", "ppoll_time64", "prctl", "pread64", "preadv",
        "preadv2", "prlimit64", "process_mrelease", "process_vm_readv", "process_vm_writev", "pselect6",
        "pselect6_time64", "ptrace", "pwrite64", "pwritev", "pwritev2", "read", "readahead", "readdir", "readlink",
        "readlinkat", "readv", "recv", "recvfrom", "recvmmsg", "recvmmsg_time64", "recvmsg", "remap_file_pages",
        "removexattr", "removexattrat", "rename", "renameat", "renameat2", "restart_syscall", "riscv_hwprobe",
        "rmdir", "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn",
        "rt_sigsuspend", "rt_sigtimedwait", "rt_sigtimedwait_time64", "rt_tgsigqueueinfo", "sched_get_priority_max",
        "sched_get_priority_min", "sched_getaffinity", "sched_getattr", "sched_getparam", "sched_getscheduler",
        "sched_rr_get_interval", "sched_rr_get_interval_time64", "sched_setaffinity", "sched_setattr",
        "sched_setparam", "sched_setscheduler", "sched_yield", "seccomp", "select", "semctl", "semget", "semop",
        "semtimedop", "semtimedop_time64", "send", "sendfile", "sendfile64", "sendmmsg", "sendmsg", "sendto",
        "set_robust_list", "set_thread_area", "set_tid_address", "set_tls", "setfsgid", "setfsgid32", "setfsuid",
        "setfsuid32", "setgid", "setgid32", "setgroups", "setgroups32", "setitimer", "setpgid", "setpriority",
        "setregid", "setregid32", "setresgid", "setresgid32", "setresuid", "setresuid32", "setreuid", "setreuid32",
        "setrlimit", "setsid", "setsockopt", "setuid", "setuid32", "setxattr", "setxattrat", "shmat", "shmctl",
        "shmdt", "shmget", "shutdown", "sigaltstack", "signalfd", "signalfd4", "sigprocmask", "sigreturn",
        "socketcall", "socketpair", "splice", "stat", "stat64", "statfs", "statfs64", "statmount", "statx", "symlink",
        "symlinkat", "sync", "sync_file_range", "sync_file_range2", "syncfs", "sysinfo", "tee", "tgkill", "time",
        "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_gettime64", "timer_settime",
        "timer_settime64", "timerfd_create", "timerfd_gettime", "timerfd_gettime64", "timerfd_settime",
        "timerfd_settime64", "times", "tkill", "truncate", "truncate64", "ugetrlimit", "umask", "uname", "unlink",
        "unlinkat", "uretprobe", "utime", "utimensat", "utimensat_time64", "utimes", "vfork", "wait4", "waitid",
        "waitpid", "write", "writev",
    };
    // clang-format on
    return names;
}

ACRX_DECL std::vector<std::string_view> calls_of_capabilities(std::uint64_t capabilities)
{
    struct row
    {
        int capability;
        std::string_view call;
    };
    static constexpr row rows[] = {
        {CAP_DAC_READ_SEARCH, "open_by_handle_at"}, {CAP_SYS_ADMIN, "bpf"}, {CAP_SYS_ADMIN, "clone"},
        {CAP_SYS_ADMIN, "clone3"}, {CAP_SYS_ADMIN, "fanotify_init"}, {CAP_SYS_ADMIN, "fsconfig"},
        {CAP_SYS_ADMIN, "fsmount"}, {CAP_SYS_ADMIN, "fsopen"}, {CAP_SYS_ADMIN, "fspick"},
        {CAP_SYS_ADMIN, "lookup_dcookie"}, {CAP_SYS_ADMIN, "mount"}, {CAP_SYS_ADMIN, "mount_setattr"},
        {CAP_SYS_ADMIN, "move_mount"}, {CAP_SYS_ADMIN, "open_tree"}, {CAP_SYS_ADMIN, "perf_event_open"},
        {CAP_SYS_ADMIN, "quotactl"}, {CAP_SYS_ADMIN, "quotactl_fd"}, {CAP_SYS_ADMIN, "setdomainname"},
        {CAP_SYS_ADMIN, "sethostname"}, {CAP_SYS_ADMIN, "setns"}, {CAP_SYS_ADMIN, "syslog"},
        {CAP_SYS_ADMIN, "umount"}, {CAP_SYS_ADMIN, "umount2"}, {CAP_SYS_ADMIN, "unshare"}, {CAP_SYS_BOOT, "reboot"},
        {CAP_SYS_MODULE, "delete_module"}, {CAP_SYS_MODULE, "finit_module"}, {CAP_SYS_MODULE, "init_module"},
        {CAP_SYS_NICE, "get_mempolicy"}, {CAP_SYS_NICE, "mbind"}, {CAP_SYS_NICE, "set_mempolicy"},
        {CAP_SYS_NICE, "set_mempolicy_home_node"}, {CAP_SYS_PACCT, "acct"}, {CAP_SYS_PTRACE, "kcmp"},
        {CAP_SYS_PTRACE, "pidfd_getfd"}, {CAP_SYS_PTRACE, "process_madvise"}, {CAP_SYS_RAWIO, "ioperm"},
        {CAP_SYS_RAWIO, "iopl"}, {CAP_SYS_TIME, "clock_settime"}, {CAP_SYS_TIME, "clock_settime64"},
        {CAP_SYS_TIME, "settimeofday"}, {CAP_SYS_TIME, "stime"}, {CAP_SYS_TTY_CONFIG, "vhangup"},
        {CAP_SYSLOG, "syslog"}, {CAP_BPF, "bpf"}, {CAP_PERFMON, "perf_event_open"},
    };
    std::vector<std::string_view> calls;
    for (auto const& [capability, call] : rows)
        if (has_capability(capabilities, capability) && std::find(calls.begin(), calls.end(), call) == calls.end())
            calls.push_back(call);
    return calls;
}

ACRX_DECL std::span<conditional_call const> conditional_calls()
{
    using test = conditional_call::test;
    constexpr std::uint64_t new_namespaces =
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
#if defined(__s390x__)
    constexpr unsigned clone_flags = 1;
#else
    constexpr unsigned clone_flags = 0;
#endif
    static constexpr conditional_call calls[] = {
        {"clone", clone_flags, test::no_bits_of, new_namespaces},
        {"personality", 0, test::equal, 0x0},      // Linux
        {"personality", 0, test::equal, 0x8},      // Linux, 32 bits
        {"personality", 0, test::equal, 0x20000},  // with the uname of Linux 2.6
        {"personality", 0, test::equal, 0x20008},
        {"personality", 0, test::equal, 0xffffffff},  // asks only
        {"socket", 0, test::not_equal, AF_VSOCK},     // would reach the host of a virtual machine
    };
    return calls;
}

/// What the filter answers for one system call number.
struct call_answer
{
    std::uint32_t action = SECCOMP_RET_ERRNO | EPERM;
    std::vector<conditional_call> unless;  ///< allowed when one of these holds
};

/// Calls with the same answer from `first` on.
struct call_range
{
    std::uint32_t first;
    call_answer answer;
};

/// The number of a call, negative if the architecture has none. Libseccomp knows those that i386 has both by
/// themselves and behind socketcall and ipc only as the latter.
inline int number_of(std::uint32_t architecture, std::string_view name)
{
    static constexpr std::pair<std::string_view, int> split_on_i386[] = {
        {"recvmmsg", 337},    {"sendmmsg", 345},    {"socket", 359},  {"socketpair", 360}, {"bind", 361},
        {"connect", 362},     {"listen", 363},      {"accept4", 364}, {"getsockopt", 365}, {"setsockopt", 366},
        {"getsockname", 367}, {"getpeername", 368}, {"sendto", 369},  {"sendmsg", 370},    {"recvfrom", 371},
        {"recvmsg", 372},     {"shutdown", 373},    {"semget", 393},  {"semctl", 394},     {"shmget", 395},
        {"shmctl", 396},      {"shmat", 397},       {"shmdt", 398},   {"msgget", 399},     {"msgsnd", 400},
        {"msgrcv", 401},      {"msgctl", 402},
    };
    if (architecture == SCMP_ARCH_X86)
        for (auto const& [split, number] : split_on_i386)
            if (split == name)
                return number;
    return ::seccomp_syscall_resolve_name_arch(architecture, std::string(name).c_str());
}

/// The answers of one architecture as ranges in rising order, the first of which begins at 0. Numbers past the last
/// that the profile names are of a newer kernel: ENOSYS lets programs fall back.
inline std::vector<call_range> ranges_of(std::uint32_t architecture, std::span<std::string_view const> more)
{
    std::map<std::uint32_t, call_answer> answers;
    auto const answer_of = [&](std::string_view name) -> call_answer* {
        auto const number = number_of(architecture, name);
        return number < 0 ? nullptr : &answers[static_cast<std::uint32_t>(number)];
    };
    for (auto const name : allowed_calls())
        if (auto* const answer = answer_of(name))
            answer->action = SECCOMP_RET_ALLOW;
    for (auto const& call : conditional_calls())
        if (auto* const answer = answer_of(call.name))
            answer->unless.push_back(call);
    // Its flags are behind a pointer; programs that hear ENOSYS use clone.
    if (auto* const answer = answer_of("clone3"))
        answer->action = SECCOMP_RET_ERRNO | ENOSYS;
    for (auto const name : more)
        if (auto* const answer = answer_of(name))
            *answer = {SECCOMP_RET_ALLOW, {}};

    std::vector<call_range> ranges;
    auto const add = [&](std::uint32_t first, call_answer answer) {
        bool const same = !ranges.empty() && ranges.back().answer.unless.empty() && answer.unless.empty()
                          && ranges.back().answer.action == answer.action;
        if (!same)
            ranges.push_back({first, std::move(answer)});
    };
    std::uint32_t next = 0;
    for (auto& [number, answer] : answers) {
        if (number > next || ranges.empty())
            add(next, {});
        add(number, std::move(answer));
        next = number + 1;
    }
    add(next, {SECCOMP_RET_ERRNO | ENOSYS, {}});
    return ranges;
}

/// Writes the program: a binary search over the ranges. The filters that libseccomp writes take the kernel two
/// milliseconds to load, since it runs them once for every call; this one takes a twentieth.
class filter_writer
{
public:
    /// @param more  calls that are allowed beside those of the profile
    void add_architecture(std::uint32_t token, std::span<std::string_view const> more)
    {
        auto const ranges = ranges_of(token, more);
        filter_writer body;
        body.load(offsetof(seccomp_data, nr));
        body.search(ranges);
        load(offsetof(seccomp_data, arch));
        add(BPF_JMP | BPF_JEQ | BPF_K, token, 1, 0);
        add(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(body.program_.size()));
        program_.insert(program_.end(), body.program_.begin(), body.program_.end());
    }

    std::vector<sock_filter> finish()
    {
        answer(SECCOMP_RET_KILL_PROCESS);  // an architecture that this machine cannot have
        return std::move(program_);
    }

private:
    void add(int code, std::uint32_t value, std::uint8_t if_true = 0, std::uint8_t if_false = 0)
    {
        program_.push_back({static_cast<std::uint16_t>(code), if_true, if_false, value});
    }
    void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
    void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }

    void search(std::span<call_range const> ranges)
    {
        if (ranges.size() == 1)
            return answer_call(ranges.front().answer);
        auto const middle = ranges.size() / 2;
        filter_writer lower;
        lower.search(ranges.first(middle));
        // Conditional jumps reach 255 instructions, plain ones reach all.
        add(BPF_JMP | BPF_JGE | BPF_K, ranges[middle].first, 0, 1);
        add(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(lower.program_.size()));
        program_.insert(program_.end(), lower.program_.begin(), lower.program_.end());
        search(ranges.subspan(middle));
    }

    void answer_call(call_answer const& call)
    {
        for (auto const& one : call.unless) {
            // The lower half: the kernel takes these arguments as 32 bits.
            constexpr std::size_t lower_half = std::endian::native == std::endian::little ? 0 : 4;
            load(offsetof(seccomp_data, args) + 8 * one.argument + lower_half);
            auto const value = static_cast<std::uint32_t>(one.value);
            switch (one.how) {
            case conditional_call::test::equal: add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1); break;
            case conditional_call::test::not_equal: add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0); break;
            case conditional_call::test::no_bits_of: add(BPF_JMP | BPF_JSET | BPF_K, value, 1, 0); break;
            }
            answer(SECCOMP_RET_ALLOW);
        }
        answer(call.action);
    }

    std::vector<sock_filter> program_;
};

inline std::vector<sock_filter> make_filter(std::uint64_t capabilities)
{
    auto const more = calls_of_capabilities(capabilities);
    filter_writer filter;
    filter.add_architecture(::seccomp_arch_native(), more);
#if defined(__x86_64__)
    filter.add_architecture(SCMP_ARCH_X86, more);
#elif defined(__aarch64__)
    filter.add_architecture(SCMP_ARCH_ARM, more);
#endif
    return filter.finish();
}

ACRX_DECL std::vector<sock_filter> seccomp_filter(std::uint64_t capabilities)
{
    static auto const usual = make_filter(step_rights::usual_capabilities);
    return capabilities == step_rights::usual_capabilities ? usual : make_filter(capabilities);
}
}  // namespace acrx::detail
#endif
