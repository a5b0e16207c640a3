// Bodies of executor/detail/docker_container.hpp.
#ifndef ACRX_EXECUTOR_IMPL_DOCKER_CONTAINER_IPP
#define ACRX_EXECUTOR_IMPL_DOCKER_CONTAINER_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/capabilities.hpp>
#include <acrx/executor/detail/check_isolation.hpp>
#include <acrx/executor/detail/docker_container.hpp>
#include <acrx/executor/detail/run_networks.hpp>
#include <acrx/io/files.hpp>

#include <boost/json/array.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>
#include <utility>
#include <variant>

namespace acrx::detail {
ACRX_DECL std::string docker_name(step_key const& key)
{
    auto name = "acrx-" + key;
    std::replace(name.begin(), name.end(), '/', '-');
    return name;
}

ACRX_DECL std::string docker_network_name(std::string const& run, std::string const& name)
{
    return "acrx-" + run + "-" + name;
}

ACRX_DECL docker_subnets docker_subnets_of(boost::json::value const& network)
{
    docker_subnets found;
    boost::system::error_code missing;
    auto const* const list = network.find_pointer("/IPAM/Config", missing);
    if (list == nullptr || !list->is_array())
        return found;
    auto const text = [&](boost::json::value const& one, char const* pointer) {
        auto const* const value = one.find_pointer(pointer, missing);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    for (auto const& one : list->as_array()) {
        if (auto subnet = text(one, "/Subnet"); !subnet.empty())
            found.all.push_back(std::move(subnet));
        auto const gateway = text(one, "/Gateway");
        if (found.gateway.empty() && gateway.find(':') == gateway.npos)
            found.gateway = gateway.substr(0, gateway.find('/'));
    }
    return found;
}

ACRX_DECL docker_secrets::~docker_secrets()
{
    if (folder_.empty())
        return;
    try {
        remove_tree(folder_);
    } catch (...) {  // `reap` finds it
    }
}

ACRX_DECL std::filesystem::path docker_secrets::add(memory_file const& file)
{
    if (folder_.empty()) {
        folder_ = temporary_name("/dev/shm", "acrx-docker");
        if (::mkdir(folder_.c_str(), 0700) != 0)
            throw_file_errno("making the folder " + folder_.string());
    }
    auto path = folder_ / std::to_string(count_++);
    write_file(path, file.content, durability::cached, file.mode);
    if (::chown(path.c_str(), file.uid, file.gid) != 0 && (file.uid != 0 || file.gid != 0))
        throw_errno("giving " + file.target + " to its user");
    return path;
}

ACRX_DECL void docker_secrets::reap()
{
    std::vector<std::filesystem::path> left;
    std::error_code missing;
    for (auto const& entry : std::filesystem::directory_iterator("/dev/shm", missing))
        if (auto const name = entry.path().filename().string(); name.starts_with("acrx-docker.") && is_abandoned(name))
            left.push_back(entry.path());
    for (auto const& path : left)
        remove_tree(path);
}

/// Collects the mounts of a specification, each kind where the API wants it.
class docker_mounts
{
public:
    explicit docker_mounts(docker_secrets& secrets) : secrets_(secrets) {}

    void add(bind_mount const& mount)
    {
        bind(mount.part.empty() ? mount.source : mount.source / mount.part, mount.target, mount.read_only);
    }
    void add(overlay_mount const& mount)
    {
        throw error(errc::not_supported, "mounting a stack of folders at " + mount.target + " by the Docker engine");
    }
    void add(tmpfs_mount const& mount)
    {
        char mode[24];
        std::snprintf(mode, sizeof mode, "mode=%o", mount.mode);
        auto options = std::string(mode) + (mount.read_only ? ",ro" : "");
        if (mount.size > 0)
            options += ",size=" + std::to_string(mount.size);
        memory[mount.target] = options;
    }
    void add(memory_file const& file) { bind(secrets_.add(file), file.target, true); }

    boost::json::array binds;
    boost::json::object memory;

private:
    void bind(std::filesystem::path const& source, std::string const& target, bool read_only)
    {
        binds.push_back({{"Type", "bind"}, {"Source", source.string()}, {"Target", target}, {"ReadOnly", read_only}});
    }
    docker_secrets& secrets_;
};

inline void add_ports(boost::json::object& body, boost::json::object& host, std::vector<published_port> const& ports)
{
    boost::json::object exposed;
    boost::json::object bound;
    for (auto const& port : ports) {
        auto const name = std::to_string(port.container_port) + "/" + port.protocol;
        exposed[name] = boost::json::object();
        auto& list = bound[name];
        if (!list.is_array())
            list = boost::json::array();
        list.as_array().push_back({{"HostIp", port.host_address},
                                   {"HostPort", port.host_port == 0 ? "" : std::to_string(port.host_port)}});
    }
    if (ports.empty())
        return;
    body["ExposedPorts"] = std::move(exposed);
    host["PortBindings"] = std::move(bound);
}

inline void add_quota(boost::json::object& host, resource_quota const& quota)
{
    if (quota.cpus > 0)
        host["NanoCpus"] = static_cast<std::int64_t>(quota.cpus * 1e9);
    if (quota.memory > 0) {
        host["Memory"] = quota.memory;
        host["MemorySwap"] = quota.memory;
    }
    if (quota.processes > 0)
        host["PidsLimit"] = quota.processes;
}

inline boost::json::array device_list(std::vector<device_node> const& devices)
{
    boost::json::array list;
    for (auto const& device : devices)
        list.push_back({{"PathOnHost", device.source.string()},
                        {"PathInContainer", device.path},
                        {"CgroupPermissions", device.access}});
    return list;
}

inline void add_rights(boost::json::object& host, step_rights const& rights)
{
    if (rights.capabilities != step_rights::usual_capabilities) {
        boost::json::array added;
        for (std::size_t number = 0; number < capability_list.size(); ++number)
            if (has_capability(rights.capabilities, static_cast<int>(number)))
                added.push_back(boost::json::value(capability_list[number]));
        host["CapDrop"] = boost::json::array{"ALL"};
        host["CapAdd"] = std::move(added);
    }
    boost::json::array options;
    if (rights.no_new_privileges)
        options.push_back("no-new-privileges");
    if (!rights.filtered)
        options.push_back("seccomp=unconfined");
    if (!options.empty())
        host["SecurityOpt"] = std::move(options);
    if (!rights.masked) {
        host["MaskedPaths"] = boost::json::array();
        host["ReadonlyPaths"] = boost::json::array();
    }
}

inline boost::json::object docker_host_config(step_spec const& spec, docker_secrets& secrets)
{
    docker_mounts mounts(secrets);
    for (auto const& mount : spec.mounts)
        std::visit([&](auto const& one) { mounts.add(one); }, mount);
    boost::json::array limits;
    for (auto const& limit : spec.limits)
        limits.push_back({{"Name", limit.name},
                          {"Soft", static_cast<std::int64_t>(limit.soft)},
                          {"Hard", static_cast<std::int64_t>(limit.hard)}});
    boost::json::array hosts;
    for (auto const& [name, address] : spec.extra_hosts)
        hosts.push_back(boost::json::value(name + ":" + address));
    boost::json::object host{{"LogConfig", {{"Type", "none"}}},  // its output is attached to
                             {"Mounts", std::move(mounts.binds)},
                             {"Privileged", spec.privileged},
                             {"ReadonlyRootfs", spec.read_only_root},
                             {"ShmSize", spec.shm_size},
                             {"Ulimits", std::move(limits)},
                             {"ExtraHosts", std::move(hosts)}};
    if (!mounts.memory.empty())
        host["Tmpfs"] = std::move(mounts.memory);
    if (!spec.cgroup_parent.empty())
        host["CgroupParent"] = spec.cgroup_parent;
    if (!spec.devices.empty())
        host["Devices"] = device_list(spec.devices);
    add_quota(host, spec.quota);
    if (!spec.privileged)
        add_rights(host, spec.rights);
    return host;
}

inline void add_command(boost::json::object& body, std::vector<std::string> const& args)
{
    if (args.empty())
        return;
    body["Entrypoint"] = boost::json::array{boost::json::value(args.front())};
    body["Cmd"] = boost::json::array(args.begin() + 1, args.end());
}

inline void add_user(boost::json::object& body, boost::json::object& host, step_spec const& spec)
{
    if (!spec.user.empty())
        body["User"] = spec.user;
    else if (spec.uid != 0 || spec.gid != 0)
        body["User"] = std::to_string(spec.uid) + ":" + std::to_string(spec.gid);
    boost::json::array groups;
    for (auto const group : spec.groups)
        groups.push_back(boost::json::value(std::to_string(group)));
    for (auto const& group : spec.more_groups)
        groups.push_back(boost::json::value(group));
    if (!groups.empty())
        host["GroupAdd"] = std::move(groups);
}

ACRX_DECL boost::json::object docker_container(step_spec const& spec, step_key const& key,
                                               std::filesystem::path const& state, docker_secrets& secrets)
{
    if (spec.image.empty())
        throw error(errc::invalid_argument, "running the step " + key + " by the Docker engine, without an image");
    check_isolation(spec);
    auto host = docker_host_config(spec, secrets);
    boost::json::object body{{"Image", spec.image},
                             {"Env", boost::json::array(spec.env.begin(), spec.env.end())},
                             {"Labels",
                              {{docker_step_label, key},
                               {docker_run_label, run_of(key)},
                               {docker_state_label, state.string()}}}};
    add_command(body, spec.args);
    add_user(body, host, spec);
    add_ports(body, host, spec.ports);
    if (!spec.working_dir.empty())
        body["WorkingDir"] = spec.working_dir;
    if (spec.network == network_mode::joined) {
        auto const name = docker_network_name(run_of(key), spec.network_name);
        boost::json::array names{boost::json::value(spec.id.empty() ? step_of(key) : spec.id)};
        for (auto const& alias : spec.aliases)
            names.push_back(boost::json::value(alias));
        host["NetworkMode"] = name;
        boost::json::object const place{{"Aliases", std::move(names)}};
        body["NetworkingConfig"] = {{"EndpointsConfig", boost::json::object{{name, place}}}};
    } else {
        host["NetworkMode"] = spec.network == network_mode::host ? "host" : "none";
    }
    if (!spec.hostname.empty())
        body["Hostname"] = spec.hostname;
    body["HostConfig"] = std::move(host);
    return body;
}

inline std::uint16_t to_port(std::string_view text)
{
    std::uint16_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

ACRX_DECL std::vector<published_port> docker_ports(boost::json::value const& container)
{
    std::vector<published_port> found;
    boost::system::error_code missing;
    auto const* const ports = container.find_pointer("/NetworkSettings/Ports", missing);
    if (ports == nullptr || !ports->is_object())
        return found;
    for (auto const& [name, places] : ports->as_object()) {
        if (!places.is_array())
            continue;  // exposed only
        std::string_view const inside(name.data(), name.size());
        for (auto const& place : places.as_array()) {
            published_port port;
            port.container_port = to_port(inside);
            port.protocol = inside.substr(inside.find('/') + 1);
            auto const* const address = place.find_pointer("/HostIp", missing);
            auto const* const number = place.find_pointer("/HostPort", missing);
            if (number == nullptr || !number->is_string())
                continue;
            port.host_address = address != nullptr && address->is_string() ? address->as_string().c_str() : "0.0.0.0";
            port.host_port = to_port(number->as_string());
            found.push_back(std::move(port));
        }
    }
    return found;
}
}  // namespace acrx::detail
#endif
