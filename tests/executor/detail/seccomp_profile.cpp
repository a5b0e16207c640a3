#include <acrx/executor/detail/seccomp_profile.hpp>
#include <boost/test/unit_test.hpp>

#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_seccomp_profile)

/// What the kernel would answer: an interpreter of the few instructions that such filters use.
std::uint32_t run_filter(std::vector<sock_filter> const& program, seccomp_data const& data)
{
    std::uint32_t value = 0;
    for (std::size_t at = 0; at < program.size(); ++at) {
        auto const& one = program[at];
        bool met = false;
        switch (one.code) {
        case BPF_LD | BPF_W | BPF_ABS:
            std::memcpy(&value, reinterpret_cast<char const*>(&data) + one.k, sizeof value);
            continue;
        case BPF_ALU | BPF_AND | BPF_K: value &= one.k; continue;
        case BPF_RET | BPF_K: return one.k;
        case BPF_JMP | BPF_JA: at += one.k; continue;
        case BPF_JMP | BPF_JEQ | BPF_K: met = value == one.k; break;
        case BPF_JMP | BPF_JGE | BPF_K: met = value >= one.k; break;
        case BPF_JMP | BPF_JGT | BPF_K: met = value > one.k; break;
        case BPF_JMP | BPF_JSET | BPF_K: met = (value & one.k) != 0; break;
        default: BOOST_FAIL("unknown instruction " << one.code);
        }
        at += met ? one.jt : one.jf;
    }
    BOOST_FAIL("the filter ends without an answer");
    return 0;
}

/// The same profile as libseccomp writes it.
std::vector<sock_filter> reference_filter(std::uint32_t architecture)
{
    auto* const context = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    ::seccomp_arch_remove(context, SCMP_ARCH_NATIVE);
    ::seccomp_arch_add(context, architecture);
    auto const add = [&](std::string_view name, std::uint32_t action, std::vector<scmp_arg_cmp> const& tests) {
        auto const number = ::seccomp_syscall_resolve_name(std::string(name).c_str());
        if (number == __NR_SCMP_ERROR)
            return;
        auto const failed = ::seccomp_rule_add_array(context, action, number, unsigned(tests.size()), tests.data());
        BOOST_REQUIRE_MESSAGE(failed == 0 || failed == -EDOM, name);  // not a call of this architecture
    };
    for (auto const name : detail::allowed_calls())
        add(name, SCMP_ACT_ALLOW, {});
    for (auto const& call : detail::conditional_calls()) {
        scmp_arg_cmp test{call.argument, SCMP_CMP_EQ, call.value, 0};
        if (call.how == detail::conditional_call::test::not_equal)
            test.op = SCMP_CMP_NE;
        if (call.how == detail::conditional_call::test::no_bits_of)
            test.op = SCMP_CMP_MASKED_EQ;
        add(call.name, SCMP_ACT_ALLOW, {test});
    }
    add("clone3", SCMP_ACT_ERRNO(ENOSYS), {});
    auto const file = ::memfd_create("filter", 0);
    ::seccomp_export_bpf(context, file);
    ::seccomp_release(context);
    std::vector<sock_filter> program(std::size_t(::lseek(file, 0, SEEK_END)) / sizeof(sock_filter));
    BOOST_REQUIRE(::pread(file, program.data(), program.size() * sizeof(sock_filter), 0) > 0);
    ::close(file);
    return program;
}

seccomp_data call_of(std::uint32_t architecture, int number, std::uint64_t first = 0)
{
    seccomp_data data{};
    data.arch = architecture;
    data.nr = number;
    data.args[0] = first;
    return data;
}

std::uint32_t native_answer(char const* name, std::uint64_t first = 0)
{
    auto const number = ::seccomp_syscall_resolve_name(name);
    BOOST_REQUIRE(number >= 0);
    return run_filter(detail::seccomp_filter(), call_of(::seccomp_arch_native(), number, first));
}

BOOST_AUTO_TEST_CASE(answers_every_call_as_libseccomp_would)
{
    std::vector<std::uint32_t> architectures{::seccomp_arch_native()};
#if defined(__x86_64__)
    architectures.push_back(SCMP_ARCH_X86);
#endif
    constexpr std::uint64_t values[] = {0,
                                        1,
                                        8,
                                        0x10,
                                        40,
                                        41,
                                        0x11,
                                        0x20000,
                                        0x20008,
                                        0x20009,
                                        0xffffffff,
                                        CLONE_NEWNS,
                                        CLONE_NEWUSER,
                                        CLONE_NEWNET | SIGCHLD,
                                        CLONE_VM | CLONE_VFORK,
                                        CLONE_NEWCGROUP,
                                        CLONE_NEWTIME};
    for (auto const architecture : architectures) {
        auto const reference = reference_filter(architecture);
        for (int number = 0; number < 430; ++number)  // later ones are beyond some versions of libseccomp
            for (auto const value : values) {
                auto const data = call_of(architecture, number, value);
                auto const ours = run_filter(detail::seccomp_filter(), data);
                if (ours != run_filter(reference, data))
                    BOOST_ERROR("call " << number << " of " << architecture << " with " << value << ": " << ours);
            }
    }
}

BOOST_AUTO_TEST_CASE(names_what_matters)
{
    constexpr std::uint32_t allow = SECCOMP_RET_ALLOW;
    constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
    for (auto const* name : {"execve", "read", "chown", "setuid", "setgroups", "capset", "chroot", "mknodat", "ptrace"})
        BOOST_TEST(native_answer(name) == allow, name);
    for (auto const* name : {"mount",
                             "umount2",
                             "unshare",
                             "setns",
                             "pivot_root",
                             "bpf",
                             "keyctl",
                             "add_key",
                             "reboot",
                             "init_module",
                             "sethostname",
                             "settimeofday",
                             "swapon",
                             "userfaultfd",
                             "perf_event_open",
                             "open_by_handle_at",
                             "kexec_load",
                             "iopl",
                             "acct",
                             "syslog",
                             "io_uring_setup"})
        BOOST_TEST(native_answer(name) == refuse, name);
    BOOST_TEST(native_answer("clone3") == (SECCOMP_RET_ERRNO | ENOSYS));
    BOOST_TEST(native_answer("clone", CLONE_VM | SIGCHLD) == allow);
    BOOST_TEST(native_answer("clone", CLONE_NEWUSER | SIGCHLD) == refuse);
    BOOST_TEST(native_answer("socket", AF_UNIX) == allow);
    BOOST_TEST(native_answer("socket", AF_VSOCK) == refuse);
    BOOST_TEST(native_answer("socket", AF_VSOCK | (1ULL << 40)) == refuse);
    BOOST_TEST(native_answer("personality", 0xffffffff) == allow);
    BOOST_TEST(native_answer("personality", 0x0040000) == refuse);
}

BOOST_AUTO_TEST_CASE(calls_of_a_newer_kernel_are_unknown_and_foreign_architectures_are_killed)
{
    auto const native = ::seccomp_arch_native();
    BOOST_TEST(run_filter(detail::seccomp_filter(), call_of(native, 5000)) == (SECCOMP_RET_ERRNO | ENOSYS));
    BOOST_TEST(run_filter(detail::seccomp_filter(), call_of(native, -1)) == (SECCOMP_RET_ERRNO | ENOSYS));
    BOOST_TEST(run_filter(detail::seccomp_filter(), call_of(SCMP_ARCH_PPC64LE, 1)) == SECCOMP_RET_KILL_PROCESS);
}
BOOST_AUTO_TEST_CASE(capabilities_bring_their_calls)
{
    auto const native = ::seccomp_arch_native();
    auto const more = detail::seccomp_filter(step_rights::usual_capabilities | std::uint64_t{1} << 21);  // SYS_ADMIN
    for (auto const* name : {"mount", "unshare", "clone3", "setns"}) {
        auto const number = ::seccomp_syscall_resolve_name(name);
        BOOST_TEST(run_filter(more, call_of(native, number)) == SECCOMP_RET_ALLOW, name);
        BOOST_TEST(run_filter(detail::seccomp_filter(), call_of(native, number)) != SECCOMP_RET_ALLOW, name);
    }
    auto const clone = ::seccomp_syscall_resolve_name("clone");
    BOOST_TEST(run_filter(more, call_of(native, clone, CLONE_NEWNS)) == SECCOMP_RET_ALLOW);
    auto const reboot = ::seccomp_syscall_resolve_name("reboot");
    BOOST_TEST(run_filter(more, call_of(native, reboot)) == (SECCOMP_RET_ERRNO | EPERM));
}
BOOST_AUTO_TEST_SUITE_END()
