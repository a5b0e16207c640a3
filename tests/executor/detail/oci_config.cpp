#include <acrx/executor/detail/oci_config.hpp>
#include <boost/test/unit_test.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <sys/mount.h>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_oci_config)
namespace json = boost::json;

step_spec example()
{
    step_spec spec;
    spec.args = {"sh", "-c", "true"};
    spec.env = {"PATH=/bin"};
    spec.working_dir = "/w";
    spec.uid = 1000;
    spec.gid = 1001;
    spec.groups = {1001, 27};
    spec.limits = {{"nofile", 10, resource_limit::unlimited}};
    return spec;
}

/// The text of a part, by its JSON pointer.
std::string part(step_spec const& spec, std::string const& pointer)
{
    json::value const config = detail::oci_config(
        spec, detail::mount_table(spec, {"/h", "/r"}, {{detail::mount_entry::kind::bind_file, "/b", "/dev/null", MS_RDONLY}}),
        "/root", "/acrx-x");
    return json::serialize(config.at_pointer(pointer));
}

BOOST_AUTO_TEST_CASE(the_process)
{
    auto const spec = example();
    BOOST_TEST(part(spec, "/process/args") == R"(["sh","-c","true"])");
    BOOST_TEST(part(spec, "/process/env") == R"(["PATH=/bin"])");
    BOOST_TEST(part(spec, "/process/cwd") == R"("/w")");
    BOOST_TEST(part(spec, "/process/user") == R"({"uid":1000,"gid":1001,"umask":18,"additionalGids":[1001,27]})");
    BOOST_TEST(part(spec, "/process/noNewPrivileges") == "false");
    BOOST_TEST(part(spec, "/process/rlimits")
               == R"([{"type":"RLIMIT_NOFILE","soft":10,"hard":18446744073709551615}])");
    BOOST_TEST(part(spec, "/process/capabilities/effective") == "[]");
    BOOST_TEST(part(spec, "/process/capabilities/bounding").starts_with(R"(["CAP_CHOWN","CAP_DAC_OVERRIDE")"));
    auto root = spec;
    root.uid = 0;
    BOOST_TEST(part(root, "/process/capabilities/permitted") == part(root, "/process/capabilities/bounding"));
}

BOOST_AUTO_TEST_CASE(single_elements_stay_lists)
{
    auto spec = example();
    spec.args = {"true"};
    BOOST_TEST(part(spec, "/process/args") == R"(["true"])");
    BOOST_TEST(part(spec, "/linux/seccomp/syscalls/1")
               == R"({"names":["clone"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":2114060288,)"
                  R"("op":"SCMP_CMP_MASKED_EQ","valueTwo":0}]})");
    BOOST_TEST(part(spec, "/linux/seccomp/syscalls/8")
               == R"({"names":["clone3"],"action":"SCMP_ACT_ERRNO","errnoRet":38})");
}

BOOST_AUTO_TEST_CASE(rights_change_their_parts_alone)
{
    auto spec = example();
    spec.rights.capabilities = 1 | std::uint64_t{1} << 21;  // CHOWN, SYS_ADMIN
    spec.rights.no_new_privileges = true;
    BOOST_TEST(part(spec, "/process/noNewPrivileges") == "true");
    BOOST_TEST(part(spec, "/process/capabilities/bounding").starts_with(R"(["CAP_CHOWN")"));
    auto const calls = part(spec, "/linux/seccomp/syscalls/0/names");
    BOOST_TEST(calls.find(R"("mount")") != calls.npos);
    BOOST_TEST(part(example(), "/linux/seccomp/syscalls/0/names").find(R"("mount")") == std::string::npos);
    spec.rights.filtered = false;
    spec.rights.masked = false;
    auto const rest = part(spec, "/linux");
    BOOST_TEST(rest.find("seccomp") == rest.npos);
    BOOST_TEST(rest.find("maskedPaths") == rest.npos);
    BOOST_TEST(rest.find("readonlyPaths") == rest.npos);
}

BOOST_AUTO_TEST_CASE(root_and_mounts)
{
    auto const spec = example();
    BOOST_TEST(part(spec, "/root") == R"({"path":"/root","readonly":false})");
    BOOST_TEST(part(spec, "/hostname") == R"("buildkitsandbox")");
    BOOST_TEST(
        part(spec, "/mounts/0")
        == R"({"destination":"/proc","type":"proc","source":"proc","options":["nosuid","noexec","nodev","rw"]})");
    BOOST_TEST(part(spec, "/mounts/9")
               == R"({"destination":"/b","type":"bind","source":"/dev/null","options":["bind","ro"]})");
}

BOOST_AUTO_TEST_CASE(namespaces_and_protection)
{
    auto spec = example();
    auto const count = [&] {
        return json::value(detail::oci_config(spec, {}, "/root", "")).at_pointer("/linux/namespaces").as_array().size();
    };
    BOOST_TEST(count() == 5u);
    spec.network = network_mode::none;
    BOOST_TEST(count() == 6u);
    BOOST_TEST(part(spec, "/linux/cgroupsPath") == R"("/acrx-x")");
    BOOST_TEST(part(spec, "/linux/readonlyPaths").find("/proc/sys") != std::string::npos);
    spec.privileged = true;
    auto const linux_part = detail::oci_config(spec, {}, "/root", "")["linux"].as_object();
    BOOST_TEST(!linux_part.contains("seccomp"));
    BOOST_TEST(!linux_part.contains("maskedPaths"));
    BOOST_TEST(!linux_part.contains("cgroupsPath"));
}
BOOST_AUTO_TEST_CASE(own_devices_are_made_and_allowed)
{
    auto spec = example();
    spec.devices = {{"/dev/a", "/dev/null", 'c', 1, 3, 0640, 7, 8, "rw"}, {"/dev/b", {}, 'b', 0, 0, 0666, 0, 0, ""}};
    BOOST_TEST(part(spec, "/linux/devices/0")
               == R"({"path":"/dev/a","type":"c","major":1,"minor":3,"fileMode":416,"uid":7,"gid":8})");
    BOOST_TEST(part(spec, "/linux/resources/devices")
               == R"([{"allow":true,"type":"c","major":1,"minor":3,"access":"rw"}])");
    spec.privileged = true;
    BOOST_TEST(part(spec, "/linux/resources/devices") == R"([{"allow":true,"access":"rwm"}])");
    BOOST_TEST(part(spec, "/linux/devices/1/path") == R"("/dev/b")");
}
BOOST_AUTO_TEST_SUITE_END()
