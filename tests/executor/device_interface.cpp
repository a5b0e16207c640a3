#include <acrx/executor/device_interface.hpp>

#include <support/scratch_folder.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

using namespace acrx;
using acrx::testing::scratch_folder;

BOOST_AUTO_TEST_SUITE(executor_device_interface)
namespace {
using names = std::vector<std::string>;

struct fixture
{
    device_interface read() const
    {
        std::array<std::filesystem::path, 3> const folders{folder / "first", folder / "missing", folder / "second"};
        return device_interface(folders);
    }
    step_spec inject(std::string const& wish, step_spec step = {}) const
    {
        auto const known = read();
        known.inject(known.find(wish), step);
        return step;
    }
    scratch_folder folder;
};

bool refuses(std::string const& text, errc code, std::string const& words)
{
    fixture f;
    f.folder.write("first/a.yaml", text);
    try {
        f.inject("v.com/c=d");
    } catch (error const& e) {
        BOOST_TEST(e.text().find(words) != std::string::npos, e.text());
        return e.code() == code;
    }
    return false;
}

/// Why the file is none; empty if it is one.
std::string problem_of(std::string const& text)
{
    fixture f;
    f.folder.write("first/a.json", text);
    auto const known = f.read();
    BOOST_TEST(known.find("v.com/c=*").empty() == !known.problems().empty());
    return known.problems().empty() ? std::string() : known.problems().front();
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(finds_devices_by_name_and_kind_in_json_and_yaml, fixture)
{
    folder.write("first/gpus.yaml", "cdiVersion: 0.6.0\nkind: v.com/gpu\nannotations: {org.mobyproject.buildkit.device.class: fast}\n"
                                    "devices:\n- name: g1\n- name: '0'\n  annotations: {org.mobyproject.buildkit.device.class: slow}\n");
    folder.write("second/nets.json", R"({"cdiVersion": "0.6.0", "kind": "v.com/net", "devices": [{"name": "n"}]})");
    folder.write("second/notes.txt", "no device file");
    auto const known = read();
    BOOST_TEST(known.problems().empty());
    BOOST_TEST(known.find("v.com/gpu=g1") == names{"v.com/gpu=g1"});
    BOOST_TEST(known.find("v.com/gpu") == names{"v.com/gpu=0"});
    BOOST_TEST((known.find("v.com/gpu=*") == names{"v.com/gpu=0", "v.com/gpu=g1"}));
    BOOST_TEST(known.find("v.com/gpu=fast") == names{"v.com/gpu=g1"});
    BOOST_TEST(known.find("v.com/gpu=slow") == names{"v.com/gpu=0"});
    BOOST_TEST(known.find("v.com/net=n") == names{"v.com/net=n"});
    BOOST_TEST(known.find("v.com/net=other").empty());
    BOOST_TEST(known.find("v.com/g").empty());
    for (auto const* wish : {"", "gpu", "v.com/", "v.com/gpu=", "v.com/gpu=a/b", "v.com/a/b=c", "-v/gpu=0"})
        BOOST_CHECK_EXCEPTION(known.find(wish), error, [](error const& e) { return e.code() == errc::invalid_argument; });
}

BOOST_FIXTURE_TEST_CASE(a_later_folder_goes_before_an_earlier_one, fixture)
{
    auto const file = [](std::string const& value) {
        return "cdiVersion: 0.6.0\nkind: v.com/c\ndevices: [{name: d, containerEdits: {env: [WHO=" + value + "]}}]\n";
    };
    folder.write("first/z.yaml", file("first"));
    folder.write("second/a.yml", file("second"));
    BOOST_TEST(inject("v.com/c=d").env == names{"WHO=second"});
    folder.write("second/b.yaml", file("third"));
    BOOST_CHECK_EXCEPTION(inject("v.com/c=d"), error, [](error const& e) {
        return e.code() == errc::invalid_argument && e.text().find("a.yml and ") != std::string::npos;
    });
}

BOOST_FIXTURE_TEST_CASE(changes_what_the_step_has_and_sees, fixture)
{
    folder.write("first/a.json", R"({"cdiVersion": "0.7.0", "kind": "v.com/c",
	"containerEdits": {"env": ["ALL=1"], "additionalGids": [0, 44, 44]},
	"devices": [{"name": "d", "containerEdits": {
		"env": ["PATH=/opt/v:/bin"],
		"deviceNodes": [{"path": "/dev/other", "hostPath": "/dev/null", "permissions": "r"},
		                {"path": "/dev/told", "type": "b", "major": 7, "minor": 3, "fileMode": 384, "uid": 1, "gid": 2, "permissions": "none"},
		                {"path": "/opt/node", "hostPath": "/dev/zero"}],
		"mounts": [{"hostPath": "/opt/v", "containerPath": "/opt/v", "options": ["ro", "nosuid", "rbind"]},
		           {"hostPath": "tmpfs", "containerPath": "/t", "type": "tmpfs"}]}},
		{"name": "e", "containerEdits": {"env": ["E=1"]}}]})");
    step_spec before;
    before.env = {"A=1", "PATH=/bin"};
    before.uid = 1000;
    auto const step = inject("v.com/c=*", before);
    BOOST_TEST((step.env == names{"A=1", "ALL=1", "PATH=/opt/v:/bin", "E=1"}));
    BOOST_TEST(step.groups == std::vector<std::uint32_t>{44});
    BOOST_REQUIRE_EQUAL(step.devices.size(), 2U);
    struct stat null
    {};
    BOOST_REQUIRE(::stat("/dev/null", &null) == 0);
    auto const& other = step.devices[0];
    BOOST_TEST(other.path == "/dev/other");
    BOOST_TEST(other.type == 'c');
    BOOST_TEST(other.major == major(null.st_rdev));
    BOOST_TEST(other.minor == minor(null.st_rdev));
    BOOST_TEST(other.mode == 0666U);
    BOOST_TEST(other.uid == 1000U);
    BOOST_TEST(other.access == "r");
    auto const& told = step.devices[1];
    BOOST_TEST(told.type == 'b');
    BOOST_TEST(told.major == 7U);
    BOOST_TEST(told.mode == 0600U);
    BOOST_TEST(told.gid == 2U);
    BOOST_TEST(told.access.empty());
    BOOST_REQUIRE_EQUAL(step.mounts.size(), 3U);
    BOOST_TEST(std::get<bind_mount>(step.mounts[0]).target == "/opt/node");
    BOOST_TEST(!std::get<bind_mount>(step.mounts[0]).read_only);
    BOOST_TEST(std::get<bind_mount>(step.mounts[1]).read_only);
    BOOST_TEST(std::get<tmpfs_mount>(step.mounts[2]).target == "/t");
}

BOOST_AUTO_TEST_CASE(hooks_and_what_else_no_step_can_have_are_refused)
{
    std::string const head = "cdiVersion: 0.6.0\nkind: v.com/c\ndevices:\n- name: d\n";
    BOOST_TEST(refuses(head + "  containerEdits: {hooks: [{hookName: prestart, path: /bin/x}]}\n", errc::not_supported, "v.com/c=d needs hooks"));
    BOOST_TEST(refuses(head + "containerEdits: {netDevices: [{hostInterfaceName: e, name: f}]}\n", errc::not_supported, "netDevices"));
    BOOST_TEST(refuses(head + "  containerEdits: {deviceNodes: [{path: /dev/x, hostPath: /etc/passwd}]}\n", errc::invalid_argument, "/etc/passwd is no device node"));
    fixture f;
    f.folder.write("first/a.yaml", head + "  containerEdits: {hooks: []}\n");
    BOOST_TEST(f.inject("v.com/c=d").env.empty());
    f.folder.write("first/a.yaml", head + "  containerEdits: {deviceNodes: [{path: /dev/not-there-at-all}]}\n");
    BOOST_CHECK_THROW(f.inject("v.com/c=d"), error);
}

BOOST_AUTO_TEST_CASE(says_where_a_file_is_wrong)
{
    auto const with = [](std::string const& edits) {
        return problem_of(R"({"cdiVersion": "0.6.0", "kind": "v.com/c", "devices": [{"name": "d", "containerEdits": )" + edits + "}]}");
    };
    BOOST_TEST(with("{}").empty());
    auto const has = [](std::string const& text, std::string const& words) {
        BOOST_TEST(text.find(words) != std::string::npos, text);
    };
    has(with(R"({"deviceNodes": [{"path": "x"}]})"), "a.json:1:");
    has(with(R"({"deviceNodes": [{"path": "x"}]})"), "no absolute path");
    has(with(R"({"deviceNodes": [{"path": "/dev/x", "type": "z"}]})"), "the type \"z\"");
    has(with(R"({"deviceNodes": [{"path": "/dev/x", "permissions": "x"}]})"), "the permissions \"x\"");
    has(with(R"({"deviceNodes": [{"path": "/dev/x", "major": -1}]})"), "\"-1\" is not a number");
    has(with(R"({"deviceNodes": {}})"), "deviceNodes must be a list");
    has(with(R"({"mounts": [{"hostPath": "/a", "containerPath": "/b", "type": "nfs"}]})"), "type \"nfs\"");
    has(with(R"({"env": ["A"]})"), "is not NAME=VALUE");
    has(with("[]"), "a map must stand here");
    has(problem_of("{"), "a.json");
    has(problem_of("[]"), "a device file is a map");
    has(problem_of(R"({"kind": "v.com/c", "devices": [{"name": "d"}]})"), "cdiVersion is missing");
    has(problem_of(R"({"cdiVersion": "1", "kind": "c", "devices": [{"name": "d"}]})"), "is not VENDOR/CLASS");
    has(problem_of(R"({"cdiVersion": "1", "kind": "v.com/c"})"), "there are no devices");
    has(problem_of(R"({"cdiVersion": "1", "kind": "v.com/c", "devices": [{"name": "a b"}]})"), "cannot name a device");
}
BOOST_AUTO_TEST_SUITE_END()
