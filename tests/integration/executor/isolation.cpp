// What a step sees and may do, the same table over both isolating executors.
#include "busybox_root.hpp"

#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/sandbox.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <regex>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(integration_executor_isolation)

struct isolation_case
{
    std::string name;
    std::string script;
    std::string output;  ///< a regular expression for all of it
    int code = 0;
    std::function<void(step_spec&)> change = {};
};

std::ostream& operator<<(std::ostream& out, isolation_case const& one)
{
    return out << one.name;
}

void as_user(step_spec& spec)
{
    spec.uid = 1000;
    spec.gid = 1001;
    spec.groups = {1001, 27};
}

void no_network(step_spec& spec)
{
    spec.network = network_mode::none;
}

std::vector<isolation_case> const cases = {
    {"status", "exit 7", "", 7},
    {"signal", "kill -9 $$ & sh -c 'kill -9 $$'; exit $?", "(Killed\n)?", 137},
    {"output of both kinds, in order", "echo a; echo b >&2; echo c", "a\nb\nc\n"},
    {"is process 1", "echo $$", "1\n"},
    {"root's ids", "id -u; id -g; id -G", "0\n0\n0\n", 0, [](step_spec& s) { s.groups = {0}; }},
    {"a user's ids", "id -u; id -g; id -G", "1000\n1001\n1001 27\n", 0, as_user},
    {"root's capabilities", "grep Cap /proc/self/status | tr '\\t' ' '",
     "CapInh: 0{16}\nCapPrm: 00000000a80425fb\nCapEff: 00000000a80425fb\nCapBnd: 00000000a80425fb\nCapAmb: 0{16}\n"},
    {"a user's capabilities", "grep Cap /proc/self/status | tr '\\t' ' '",
     "CapInh: 0{16}\nCapPrm: 0{16}\nCapEff: 0{16}\nCapBnd: 00000000a80425fb\nCapAmb: 0{16}\n", 0, as_user},
    {"no_new_privs off, filter on", "grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | tr '\\t' ' '",
     "NoNewPrivs: 0\nSeccomp: 2\n"},
    {"no filter when privileged", "grep -E '^(Seccomp):' /proc/self/status | tr '\\t' ' '", "Seccomp: 0\n", 0,
     [](step_spec& s) { s.privileged = true; }},
    {"without the filter", "grep -E '^(Seccomp):' /proc/self/status | tr '\\t' ' '", "Seccomp: 0\n", 0,
     [](step_spec& s) { s.rights.filtered = false; }},
    {"no_new_privs on", "grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | tr '\\t' ' '", "NoNewPrivs: 1\nSeccomp: 2\n", 0,
     [](step_spec& s) { s.rights.no_new_privileges = true; }},
    {"capabilities that are given, with their calls", "mount -t tmpfs t /tmp && grep CapEff /proc/self/status | tr '\\t' ' '",
     "CapEff: 00000000a82425fb\n", 0, [](step_spec& s) { s.rights.capabilities |= 1 << 21; }},
    {"capabilities that are taken", "grep CapBnd /proc/self/status | tr '\\t' ' '", "CapBnd: 0{15}1\n", 0,
     [](step_spec& s) { s.rights.capabilities = 1; }},
    {"protected paths", "touch /proc/sys/kernel/domainname", "touch: .*Read-only file system\n", 1},
    {"paths that are not protected", "touch /proc/sys/kernel/domainname", "", 0, [](step_spec& s) { s.rights.masked = false; }},
    {"host name", "hostname", "buildkitsandbox\n"},
    {"hosts", "cat /etc/hosts; echo x >> /etc/hosts",
     "127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n10.1.2.3\tdb\n"
     "sh: can't create /etc/hosts: Read-only file system\n",
     1,
     [](step_spec& s) {
         s.extra_hosts = {{"db", "10.1.2.3"}};
     }},
    {"resolv.conf is read-only", "echo x >> /etc/resolv.conf",
     "sh: can't create /etc/resolv.conf: Read-only file system\n", 1},
    {"umask", "umask", "0022\n"},
    {"environment is exact", "", "A=b c\nPATH=/bin\nHOME=/\n", 0,
     [](step_spec& s) {
         s.env = {"A=b c", "PATH=/bin", "HOME=/"};
         s.args = {"env"};
     }},
    {"standard input is empty", "cat; readlink /proc/self/fd/0", "/dev/null\n"},
    {"only three descriptors", "ls /proc/self/fd | wc -l", "4\n"},  // and the one that ls reads
    {"working folder", "pwd", "/tmp\n", 0, [](step_spec& s) { s.working_dir = "/tmp"; }},
    {"working folder is made", "pwd; stat -c '%u %g %a' /a /a/b", "/a/b\n1000 1001 755\n1000 1001 755\n", 0,
     [](step_spec& s) {
         as_user(s);
         s.working_dir = "/a/b";
     }},
    {"/proc is its own", "ls -d /proc/[0-9]* | wc -l", "[2-6]\n"},
    {"/proc/sys is read-only", "echo 1 > /proc/sys/kernel/panic", "sh: can't create .*Read-only file system\n", 1},
    {"/sys is read-only", "mkdir /sys/kernel/x", "mkdir: .*(Read-only file system|not permitted)\n", 1},
    {"what tells about the machine is hidden",
     "cat /proc/keys /proc/timer_list | wc -c; ls /proc/acpi /sys/firmware | grep -v : | wc -w", "0\n0\n"},
    {"/dev", "ls /dev | sort | tr '\\n' ' '",
     "(console )?core fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero "},
    {"device nodes work", "echo x > /dev/null && head -c 3 /dev/zero | wc -c && stat -c %a /dev/null /dev/shm",
     "3\n666\n1777\n", 0, as_user},
    {"size of /dev/shm", "df -k /dev/shm | awk 'NR==2 {print $2}'", "32768\n", 0,
     [](step_spec& s) { s.shm_size = 32ULL << 20; }},
    {"a user may open its standard output", "echo x > /dev/stdout", "x\n", 0, as_user},
    {"host network has more than loopback or as much", "ls /sys/class/net | wc -l", "[1-9][0-9]*\n"},
    {"no network is loopback, up", "ls /sys/class/net; ifconfig lo | grep -c UP", "lo\n1\n", 0, no_network},
    {"mount is refused", "mount -t tmpfs x /tmp", "mount: .*\n", 1},
    {"new namespaces are refused", "unshare -m true", "unshare: .*not permitted\n", 1},
    {"nodes can be made", "mknod /tmp/null c 1 3 && echo x > /tmp/null && stat -c %F /tmp/null",
     "character special file\n"},
    {"chroot works", "mkdir /r && chroot / /bin/busybox echo in", "in\n"},
    {"another user's file", "cat /etc/locked", "cat: .*Permission denied\n", 1, as_user},
    {"PATH of the step", "", "[^]*executable file.* not found in \\$PATH[^]*", 127,
     [](step_spec& s) { s.args = {"no-such-program"}; }},
    {"no PATH means the usual one", "", "", 0,
     [](step_spec& s) {
         s.args = {"true"};
         s.env = {};
     }},
    {"missing file", "", "[^]*o such file or directory[^]*", 127, [](step_spec& s) { s.args = {"/no/such"}; }},
    {"not executable", "", "[^]*[Pp]ermission denied[^]*", 126, [](step_spec& s) { s.args = {"not-executable"}; }},
    {"a read-only root", "touch /x", "touch: /x: Read-only file system\n", 1,
     [](step_spec& s) { s.read_only_root = true; }},
    {"a memory filesystem", "touch /cache/x && df -k /cache | awk 'NR==2 {print $2}'; stat -c %a /cache", "1024\n700\n",
     0,
     [](step_spec& s) {
         s.mounts = {tmpfs_mount{"/cache", 1 << 20, 0700}};
     }},
    {"mqueue and devpts", "mount | grep -c -E 'type (mqueue|devpts)'", "2\n"},
};

template<class E>
void check(isolation_case const& one)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto spec = root.shell(one.script);
    if (one.change)
        one.change(spec);
    auto const result = testing::run_to_end(executor, spec, "test/case/1");
    BOOST_TEST(result.state.code == one.code);
    BOOST_TEST((result.state.now == step_state::phase::exited));
    BOOST_TEST(std::regex_match(result.output, std::regex(one.output, std::regex::ECMAScript)), "output:\n"
                                                                                                    << result.output);
    BOOST_TEST(!testing::is_mounted(root.scratch().path().string()));
}

BOOST_DATA_TEST_CASE(of_the_sandbox, boost::unit_test::data::make(cases), one)
{
    check<sandbox>(one);
}

BOOST_DATA_TEST_CASE(of_the_oci_runtime, boost::unit_test::data::make(cases), one)
{
    check<oci_runtime>(one);
}
BOOST_AUTO_TEST_SUITE_END()
