// Bodies of executor/detail/oci_config.hpp.
#ifndef ACRX_EXECUTOR_IMPL_OCI_CONFIG_IPP
#define ACRX_EXECUTOR_IMPL_OCI_CONFIG_IPP
#include <acrx/executor/detail/capabilities.hpp>
#include <acrx/executor/detail/oci_config.hpp>
#include <acrx/executor/detail/seccomp_profile.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace acrx::detail {
namespace json = boost::json;

inline json::array to_array(std::vector<std::string> const& texts)
{
    return json::array(texts.begin(), texts.end());
}

inline json::array option_names(mount_entry const& entry, bool bind)
{
    json::array names;
    if (bind)
        names.push_back("bind");
    constexpr std::pair<unsigned long, std::string_view> flags[] = {
        {MS_NOSUID, "nosuid"},     {MS_NOEXEC, "noexec"},           {MS_NODEV, "nodev"},
        {MS_RELATIME, "relatime"}, {MS_STRICTATIME, "strictatime"},
    };
    for (auto const& [flag, name] : flags)
        if ((entry.flags & flag) != 0)
            names.push_back(json::value(name));
    names.push_back((entry.flags & MS_RDONLY) != 0 ? "ro" : "rw");
    for (std::string_view rest = entry.options; !rest.empty();) {
        auto const end = rest.find(',');
        names.push_back(json::value(rest.substr(0, end)));
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
    return names;
}

/// The mounts of the table; nodes and links of /dev are the runtime's own business.
inline json::array oci_mounts(std::vector<mount_entry> const& table)
{
    json::array mounts;
    for (auto const& entry : table) {
        bool const bind = entry.what == mount_entry::kind::bind_file || entry.what == mount_entry::kind::bind_folder;
        bool const control_groups = entry.source == "cgroup2" && !bind;
        mounts.push_back({{"destination", entry.target},
                          {"type", bind             ? "bind"
                                   : control_groups ? "cgroup"
                                                    : entry.source.c_str()},
                          {"source", bind             ? entry.source.c_str()
                                     : control_groups ? "cgroup"
                                                      : entry.source.c_str()},
                          {"options", option_names(entry, bind)}});
    }
    return mounts;
}

/// Of more than the usual capabilities a step gets what this process may hand on; a runtime refuses to grant others.
inline json::array capability_names(step_spec const& spec)
{
    json::array names;
    auto const wanted = spec.privileged ? all_capabilities : spec.rights.capabilities;
    bool const is_usual = wanted == step_rights::usual_capabilities;
    for (std::size_t number = 0; number < capability_list.size(); ++number)
        if (has_capability(wanted, static_cast<int>(number)) && (is_usual || ::prctl(PR_CAPBSET_READ, number, 0, 0, 0) == 1))
            names.push_back(json::value(capability_list[number]));
    return names;
}

/// As the sandbox has them: a user has none in force, but setuid programs may take those of the bounding set.
inline json::object oci_capabilities(step_spec const& spec)
{
    auto const all = capability_names(spec);
    auto const now = spec.uid == 0 ? all : json::array();
    return {{"bounding", all},
            {"effective", now},
            {"permitted", now},
            {"inheritable", json::array()},
            {"ambient", json::array()}};
}

inline json::array oci_limits(step_spec const& spec)
{
    json::array limits;
    for (auto const& limit : spec.limits) {
        std::string type = "RLIMIT_";
        for (char const c : limit.name)
            type += static_cast<char>(c - 'a' + 'A');
        limits.push_back({{"type", type}, {"soft", limit.soft}, {"hard", limit.hard}});
    }
    return limits;
}

inline json::object oci_process(step_spec const& spec)
{
    auto env = spec.env;
    if (std::none_of(env.begin(), env.end(), [](auto const& variable) { return variable.starts_with("PATH="); }))
        env.emplace_back("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");  // or it finds nothing
    json::array groups(spec.groups.begin(), spec.groups.end());
    json::object user{{"uid", spec.uid}, {"gid", spec.gid}, {"umask", 022}, {"additionalGids", std::move(groups)}};
    return {{"terminal", false},
            {"user", std::move(user)},
            {"args", to_array(spec.args)},
            {"env", to_array(env)},
            {"cwd", spec.working_dir.empty() ? std::string("/") : spec.working_dir},
            {"capabilities", oci_capabilities(spec)},
            {"rlimits", oci_limits(spec)},
            {"noNewPrivileges", !spec.privileged && spec.rights.no_new_privileges}};
}

inline json::object rule_of(conditional_call const& call)
{
    json::object test{{"index", call.argument}, {"value", call.value}};
    switch (call.how) {
    case conditional_call::test::equal: test["op"] = "SCMP_CMP_EQ"; break;
    case conditional_call::test::not_equal: test["op"] = "SCMP_CMP_NE"; break;
    case conditional_call::test::no_bits_of:
        test["op"] = "SCMP_CMP_MASKED_EQ";
        test["valueTwo"] = 0;
        break;
    }
    return {{"names", {json::value(call.name)}}, {"action", "SCMP_ACT_ALLOW"}, {"args", {std::move(test)}}};
}

inline json::object oci_seccomp(std::uint64_t capabilities)
{
    json::array names;
    for (auto const name : allowed_calls())
        names.push_back(json::value(name));
    bool has_clone3 = false;
    for (auto const name : calls_of_capabilities(capabilities)) {
        names.push_back(json::value(name));
        has_clone3 = has_clone3 || name == "clone3";
    }
    json::array rules{json::object{{"names", std::move(names)}, {"action", "SCMP_ACT_ALLOW"}}};
    for (auto const& call : conditional_calls())
        rules.push_back(rule_of(call));
    if (!has_clone3)
        rules.push_back({{"names", {"clone3"}}, {"action", "SCMP_ACT_ERRNO"}, {"errnoRet", ENOSYS}});
    json::object filter{
        {"defaultAction", "SCMP_ACT_ERRNO"}, {"defaultErrnoRet", EPERM}, {"syscalls", std::move(rules)}};
#if defined(__x86_64__)
    filter["architectures"] = {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86"};
#elif defined(__aarch64__)
    filter["architectures"] = {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"};
#endif
    return filter;
}

inline json::array oci_devices()
{
    json::array devices;
    for (auto const& entry : host_devices()) {
        struct stat status
        {};
        if (::stat(entry.source.c_str(), &status) != 0)
            continue;  // it went away meanwhile
        devices.push_back({{"path", entry.target},
                           {"type", S_ISBLK(status.st_mode) ? "b" : "c"},
                           {"major", major(status.st_rdev)},
                           {"minor", minor(status.st_rdev)},
                           {"fileMode", 0666},
                           {"uid", 0},
                           {"gid", 0}});
    }
    return devices;
}

inline json::array own_oci_devices(step_spec const& spec)
{
    json::array nodes;
    for (auto const& node : spec.devices)
        nodes.push_back({{"path", node.path},
                         {"type", std::string(1, node.type)},
                         {"major", node.major},
                         {"minor", node.minor},
                         {"fileMode", node.mode},
                         {"uid", node.uid},
                         {"gid", node.gid}});
    return nodes;
}

/// The runtime lets a step have the usual devices by itself.
inline json::array own_device_rules(step_spec const& spec)
{
    json::array rules;
    for (auto const& node : spec.devices)
        if (node.type != 'p' && !node.access.empty())
            rules.push_back({{"allow", true},
                             {"type", std::string(1, node.type)},
                             {"major", node.major},
                             {"minor", node.minor},
                             {"access", node.access}});
    return rules;
}

inline json::object oci_limits_of_group(resource_quota const& quota)
{
    json::object limits;
    constexpr std::int64_t period = 100'000;
    if (quota.cpus > 0)
        limits["cpu"] = {{"quota", static_cast<std::int64_t>(quota.cpus * double(period))}, {"period", period}};
    if (quota.memory > 0)
        limits["memory"] = {{"limit", quota.memory}, {"swap", quota.memory}};
    if (quota.processes > 0)
        limits["pids"] = {{"limit", quota.processes}};
    return limits;
}

inline json::object oci_linux(step_spec const& spec, std::string const& cgroups)
{
    json::array namespaces;
    for (std::string_view const type : {"mount", "pid", "ipc", "uts", "cgroup", "network"})
        if (type != "network" || spec.network == network_mode::none)
            namespaces.push_back(json::object{{"type", type}});
    json::object isolation{{"namespaces", std::move(namespaces)}};
    json::object resources;
    if (!cgroups.empty()) {
        isolation["cgroupsPath"] = cgroups;
        resources = oci_limits_of_group(spec.quota);
    }
    auto nodes = own_oci_devices(spec);
    if (spec.privileged) {
        for (auto& node : oci_devices())
            if (std::none_of(spec.devices.begin(), spec.devices.end(),
                             [&](auto const& own) { return node.at("path").as_string() == own.path; }))
                nodes.push_back(std::move(node));
        resources["devices"] = {json::object{{"allow", true}, {"access", "rwm"}}};
    } else if (auto rules = own_device_rules(spec); !rules.empty()) {
        resources["devices"] = std::move(rules);
    }
    if (!nodes.empty())
        isolation["devices"] = std::move(nodes);
    if (!resources.empty())
        isolation["resources"] = std::move(resources);
    if (spec.privileged)
        return isolation;
    if (spec.rights.masked) {
        json::array masked;
        json::array read_only;
        for (auto const& entry : protections())
            (entry.what == mount_entry::kind::mask ? masked : read_only).push_back(json::value(entry.target));
        isolation["maskedPaths"] = std::move(masked);
        isolation["readonlyPaths"] = std::move(read_only);
    }
    if (spec.rights.filtered)
        isolation["seccomp"] = oci_seccomp(spec.rights.capabilities);
    return isolation;
}

ACRX_DECL json::object oci_config(step_spec const& spec, std::vector<mount_entry> const& mounts,
                                  std::filesystem::path const& root, std::string const& cgroups)
{
    return {{"ociVersion", "1.0.2"},
            {"process", oci_process(spec)},
            {"root", {{"path", root.string()}, {"readonly", spec.read_only_root}}},
            {"hostname", spec.hostname},
            {"mounts", oci_mounts(mounts)},
            {"linux", oci_linux(spec, cgroups)}};
}
}  // namespace acrx::detail
#endif
