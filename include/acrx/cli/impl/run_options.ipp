// Bodies of cli/detail/run_options.hpp.
#ifndef ACRX_CLI_IMPL_RUN_OPTIONS_IPP
#define ACRX_CLI_IMPL_RUN_OPTIONS_IPP
#include <acrx/build/option_values.hpp>
#include <acrx/cli/detail/read_option.hpp>
#include <acrx/cli/detail/run_options.hpp>
#include <acrx/cli/exit_status.hpp>

#include <filesystem>
#include <utility>

namespace acrx::cli::detail {
ACRX_DECL std::pair<std::string, std::string> read_secret(std::string const& given, environment const& variables)
{
    return read_option([&] { return read_secret_option(given, variables); });
}

ACRX_DECL std::pair<std::string, ssh_agent_source> read_ssh(std::string const& given, environment const& variables)
{
    return read_option([&] { return read_ssh_option(given, variables); });
}

ACRX_DECL std::pair<std::string, std::string> parse_extra_host(std::string_view given)
{
    return read_option([&] { return acrx::parse_extra_host(given); });
}

ACRX_DECL resource_limit parse_limit(std::string_view given)
{
    return read_option([&] { return parse_resource_limit(given); });
}

ACRX_DECL std::uint64_t parse_shm_size(std::string_view given)
{
    return read_option([&] { return acrx::parse_shm_size(given); });
}

ACRX_DECL void allow(std::string_view entitlement, build_options& options)
{
    build_request allowed;
    read_option([&] { allow_entitlement(entitlement, allowed); });
    options.allow_host_network = options.allow_host_network || allowed.allow_host_network;
    options.allow_insecure = options.allow_insecure || allowed.allow_insecure;
    options.allow_devices = options.allow_devices || allowed.allow_devices;
    for (auto const& [name, meant] : allowed.allowed_devices)
        options.allowed_devices[name] = meant;
}

ACRX_DECL void add_run_options(build_request& build, build_options const& options, environment const& variables)
{
    build.network = options.network;
    build.allow_host_network = options.allow_host_network;
    build.allow_insecure = options.allow_insecure;
    build.allow_devices = options.allow_devices;
    build.allowed_devices = options.allowed_devices;
    build.device_folders.assign(options.device_folders.begin(), options.device_folders.end());
    build.extra_hosts = options.extra_hosts;
    build.limits = options.limits;
    build.shm_size = options.shm_size;
    build.cgroup_parent = options.cgroup_parent;
    for (auto const& part : std::filesystem::path(options.cgroup_parent))
        if (part == "..")
            throw usage_error("--cgroup-parent: '" + options.cgroup_parent + "' leaves the control groups",
                              "Write a path below /sys/fs/cgroup, such as /builds.");
    for (auto const& given : options.secrets) {
        auto [id, value] = read_secret(given, variables);
        build.secrets.insert_or_assign(std::move(id), std::move(value));
    }
    for (auto const& given : options.ssh) {
        auto [id, agent] = read_ssh(given, variables);
        if (!build.ssh_agents.emplace(id, std::move(agent)).second)
            throw usage_error("--ssh '" + given + "': the id " + id + " is given more than once",
                              "Give each agent an id of its own, or all keys in one: ID=KEY,KEY.");
    }
}
}  // namespace acrx::cli::detail
#endif
