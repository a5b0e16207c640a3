// Bodies of executor/detail/seccomp_profile.hpp.
#ifndef ACRX_EXECUTOR_IMPL_SECCOMP_PROFILE_IPP
#define ACRX_EXECUTOR_IMPL_SECCOMP_PROFILE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/seccomp_profile.hpp>
#include <acrx/io/unique_fd.hpp>

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>

namespace acrx::detail {
ACRX_DECL std::span<std::string_view const> allowed_calls()
{
    // chroot and the calls on owners and nodes need capabilities that a step has; mount, bpf and such need those it lacks.
    static constexpr std::string_view names[] = {
        "_llseek", "_newselect", "accept", "accept4", "access", "adjtimex", "alarm", "arch_prctl", "arm_fadvise64_64",
        "arm_sync_file_range", "bind", "breakpoint", "brk", "cacheflush", "cachestat", "capget", "capset", "chdir",
        "chmod", "chown", "chown32", "chroot", "clock_adjtime", "clock_adjtime64", "clock_getres",
        "clock_getres_time64", "clock_gettime", "clock_gettime64", "clock_nanosleep", "clock_nanosleep_time64", "close",
        "close_range", "connect", "copy_file_range", "creat", "dup", "dup2", "dup3", "epoll_create", "epoll_create1",
        "epoll_ctl", "epoll_ctl_old", "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old", "eventfd",
        "eventfd2", "execve", "execveat", "exit", "exit_group", "faccessat", "faccessat2", "fadvise64", "fadvise64_64",
        "fallocate", "fanotify_mark", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchown32", "fchownat",
        "fcntl", "fcntl64", "fdatasync", "fgetxattr", "flistxattr", "flock", "fork", "fremovexattr", "fsetxattr",
        "fstat", "fstat64", "fstatat64", "fstatfs", "fstatfs64", "fsync", "ftruncate", "ftruncate64", "futex",
        "futex_requeue", "futex_time64", "futex_wait", "futex_waitv", "futex_wake", "futimesat", "get_robust_list",
        "get_thread_area", "getcpu", "getcwd", "getdents", "getdents64", "getegid", "getegid32", "geteuid", "geteuid32",
        "getgid", "getgid32", "getgroups", "getgroups32", "getitimer", "getpeername", "getpgid", "getpgrp", "getpid",
        "getppid", "getpriority", "getrandom", "getresgid", "getresgid32", "getresuid", "getresuid32", "getrlimit",
        "getrusage", "getsid", "getsockname", "getsockopt", "gettid", "gettimeofday", "getuid", "getuid32", "getxattr",
        "getxattrat", "inotify_add_watch", "inotify_init", "inotify_init1", "inotify_rm_watch", "io_cancel",
        "io_destroy", "io_getevents", "io_pgetevents", "io_pgetevents_time64", "io_setup", "io_submit", "ioctl",
        "ioprio_get", "ioprio_set", "ipc", "kill", "landlock_add_rule", "landlock_create_ruleset",
        "landlock_restrict_self", "lchown", "lchown32", "lgetxattr", "link", "linkat", "listen", "listmount",
        "listxattr", "listxattrat", "llistxattr", "lremovexattr", "lseek", "lsetxattr", "lstat", "lstat64", "madvise",
        "map_shadow_stack", "membarrier", "memfd_create", "memfd_secret", "mincore", "mkdir", "mkdirat", "mknod",
        "mknodat", "mlock", "mlock2", "mlockall", "mmap", "mmap2", "modify_ldt", "mprotect", "mq_getsetattr",
        "mq_notify", "mq_open", "mq_timedreceive", "mq_timedreceive_time64", "mq_timedsend", "mq_timedsend_time64",
        "mq_unlink", "mremap", "mseal", "msgctl", "msgget", "msgrcv", "msgsnd", "msync", "munlock", "munlockall",
        "munmap", "name_to_handle_at", "nanosleep", "newfstatat", "open", "openat", "openat2", "pause", "pidfd_open",
        "pidfd_send_signal", "pipe", "pipe2", "pkey_alloc", "pkey_free", "pkey_mprotect", "poll", "ppoll",
        "ppoll_time64", "prctl", "pread64", "preadv", "preadv2", "prlimit64", "process_mrelease", "process_vm_readv",
        "process_vm_writev", "pselect6", "pselect6_time64", "ptrace", "pwrite64", "pwritev", "pwritev2", "read",
        "readahead", "readdir", "readlink", "readlinkat", "readv", "recv", "recvfrom", "recvmmsg", "recvmmsg_time64",
        "recvmsg", "remap_file_pages", "removexattr", "removexattrat", "rename", "renameat", "renameat2",
        "restart_syscall", "riscv_hwprobe", "rmdir", "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask",
        "rt_sigqueueinfo", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "rt_sigtimedwait_time64",
        "rt_tgsigqueueinfo", "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr",
        "sched_getparam", "sched_getscheduler", "sched_rr_get_interval", "sched_rr_get_interval_time64",
        "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler", "sched_yield", "seccomp",
        "select", "semctl", "semget", "semop", "semtimedop", "semtimedop_time64", "send", "sendfile", "sendfile64",
        "sendmmsg", "sendmsg", "sendto", "set_robust_list", "set_thread_area", "set_tid_address", "set_tls", "setfsgid",
        "setfsgid32", "setfsuid", "setfsuid32", "setgid", "setgid32", "setgroups", "setgroups32", "setitimer",
        "setpgid", "setpriority", "setregid", "setregid32", "setresgid", "setresgid32", "setresuid", "setresuid32",
        "setreuid", "setreuid32", "setrlimit", "setsid", "setsockopt", "setuid", "setuid32", "setxattr", "setxattrat",
        "shmat", "shmctl", "shmdt", "shmget", "shutdown", "sigaltstack", "signalfd", "signalfd4", "sigprocmask",
        "sigreturn", "socketcall", "socketpair", "splice", "stat", "stat64", "statfs", "statfs64", "statmount", "statx",
        "symlink", "symlinkat", "sync", "sync_file_range", "sync_file_range2", "syncfs", "sysinfo", "tee", "tgkill",
        "time", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_gettime64", "timer_settime",
        "timer_settime64", "timerfd_create", "timerfd_gettime", "timerfd_gettime64", "timerfd_settime",
        "timerfd_settime64", "times", "tkill", "truncate", "truncate64", "ugetrlimit", "umask", "uname", "unlink",
        "unlinkat", "uretprobe", "utime", "utimensat", "utimensat_time64", "utimes", "vfork", "wait4", "waitid",
        "waitpid", "write", "writev",
    };
    return names;
}

ACRX_DECL std::span<conditional_call const> conditional_calls()
{
    using test = conditional_call::test;
    constexpr std::uint64_t new_namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER
                                             | CLONE_NEWPID | CLONE_NEWNET;
#if defined(__s390x__)
    constexpr unsigned clone_flags = 1;
#else
    constexpr unsigned clone_flags = 0;
#endif
    static constexpr conditional_call calls[] = {
        {"clone", clone_flags, test::no_bits_of, new_namespaces},
        {"personality", 0, test::equal, 0x0},         // Linux
        {"personality", 0, test::equal, 0x8},         // Linux, 32 bits
        {"personality", 0, test::equal, 0x20000},     // with the uname of Linux 2.6
        {"personality", 0, test::equal, 0x20008},
        {"personality", 0, test::equal, 0xffffffff},  // asks only
        {"socket", 0, test::not_equal, AF_VSOCK},     // would reach the host of a virtual machine
    };
    return calls;
}

/// Libseccomp's handle with its errors as exceptions.
class filter_builder
{
public:
    filter_builder() : context_(::seccomp_init(SCMP_ACT_ERRNO(EPERM)), &::seccomp_release)
    {
        if (!context_)
            throw error(errc::not_supported, "making the seccomp filter");
        add_32_bit_form();
    }

    void add(std::string_view name, std::uint32_t action, std::span<scmp_arg_cmp const> tests = {})
    {
        auto const number = ::seccomp_syscall_resolve_name(std::string(name).c_str());
        if (number == __NR_SCMP_ERROR)
            return;  // newer than this libseccomp
        check(::seccomp_rule_add_array(context_.get(), action, number, static_cast<unsigned>(tests.size()),
                                       tests.data()));
    }

    std::vector<sock_filter> finish() const
    {
        unique_fd const file(::memfd_create("seccomp", MFD_CLOEXEC));
        if (!file)
            throw_errno("making the seccomp filter");
        check(::seccomp_export_bpf(context_.get(), file.get()));
        auto const size = ::lseek(file.get(), 0, SEEK_END);
        std::vector<sock_filter> program(static_cast<std::size_t>(size) / sizeof(sock_filter));
        if (::pread(file.get(), program.data(), program.size() * sizeof(sock_filter), 0) != size)
            throw_errno("reading the seccomp filter");
        return program;
    }

private:
    void check(int result) const
    {
        if (result < 0)
            throw_errno(-result, "making the seccomp filter");
    }

    void add_32_bit_form()
    {
#if defined(__x86_64__)
        check(::seccomp_arch_add(context_.get(), SCMP_ARCH_X86));
#elif defined(__aarch64__)
        check(::seccomp_arch_add(context_.get(), SCMP_ARCH_ARM));
#elif defined(__s390x__)
        check(::seccomp_arch_add(context_.get(), SCMP_ARCH_S390));
#endif
    }

    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
};

inline scmp_arg_cmp to_comparison(conditional_call const& call)
{
    switch (call.how) {
    case conditional_call::test::equal: return {call.argument, SCMP_CMP_EQ, call.value, 0};
    case conditional_call::test::not_equal: return {call.argument, SCMP_CMP_NE, call.value, 0};
    case conditional_call::test::no_bits_of: break;
    }
    return {call.argument, SCMP_CMP_MASKED_EQ, call.value, 0};
}

inline std::vector<sock_filter> make_filter()
{
    filter_builder filter;
    for (auto const name : allowed_calls())
        filter.add(name, SCMP_ACT_ALLOW);
    for (auto const& call : conditional_calls()) {
        std::array const tests{to_comparison(call)};
        filter.add(call.name, SCMP_ACT_ALLOW, tests);
    }
    // Its flags are behind a pointer; programs that hear ENOSYS use clone.
    filter.add("clone3", SCMP_ACT_ERRNO(ENOSYS));
    return filter.finish();
}

ACRX_DECL std::vector<sock_filter> const& seccomp_filter()
{
    static auto const filter = make_filter();
    return filter;
}
}  // namespace acrx::detail
#endif
