// Bodies of task/build_order.hpp.
#ifndef ACRX_TASK_IMPL_BUILD_ORDER_IPP
#define ACRX_TASK_IMPL_BUILD_ORDER_IPP
#include <acrx/build/parse_shared_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/task/build_order.hpp>
#include <acrx/task/command_words.hpp>

#include <optional>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
inline void refuse_unsupported(build_command const& command)
{
    auto const refuse = [](bool given, std::string const& option, std::string const& advice) {
        if (given)
            throw error(errc::not_supported, "build: " + option + " is not supported in a task", advice);
    };
    refuse(!command.outputs.empty(), "--output", "`acrx-quick build --output` writes files.");
    refuse(!command.build_contexts.empty(), "--build-context", "Copy what is needed into the workspace by a step before.");
    refuse(!command.attestations.empty() || !command.provenance.empty() || !command.sbom.empty(), "attestations",
           "`acrx-quick build --provenance --sbom` attaches them.");
    refuse(!command.annotations.empty(), "--annotation", "Use --label.");
    refuse(command.platforms.size() > 1, "more than one --platform", "Use a step for each.");
    refuse(!command.iidfile.empty() || !command.metadata_file.empty(), "--iidfile and --metadata-file", {});
}

/// The variables of a step, of which options take values.
inline variable_lookup variables_of(task_step const& step)
{
    return [env = step.env](std::string const& name) -> std::optional<std::string> {
        for (auto const& item : env)
            if (item.size() > name.size() && item[name.size()] == '=' && item.starts_with(name))
                return unquote_setting(item).substr(name.size() + 1);
        return std::nullopt;
    };
}

inline network_mode to_network(std::string const& name)
{
    if (name == "none")
        return network_mode::none;
    return network_mode::host;  // RUN steps see the network of this machine, whatever bridge is named
}
}  // namespace detail

ACRX_DECL build_order make_build_order(task_step const& step, build_command const& command, build_request defaults)
{
    detail::refuse_unsupported(command);
    auto const variables = detail::variables_of(step);
    build_order order{.request = std::move(defaults), .context = command.context, .dockerfile = command.file, .names = {}};
    auto& request = order.request;
    request.build_args = build_arguments(command, step.env);
    request.target = command.target;
    if (!command.platforms.empty())
        request.platform = parse_platform(command.platforms.front());
    request.no_cache = command.no_cache;
    request.no_cache_stages = command.no_cache_filters;
    for (auto const& label : command.labels)
        request.labels.insert_or_assign(label.substr(0, label.find('=')),
                                        label.find('=') == std::string::npos ? "" : label.substr(label.find('=') + 1));
    for (auto const& given : command.secrets)
        request.secrets.insert(read_secret_option(given, variables));
    for (auto const& given : command.ssh)
        request.ssh_agents.insert(read_ssh_option(given, variables));
    for (auto const& given : command.add_hosts)
        request.extra_hosts.push_back(parse_extra_host(given));
    for (auto const& given : command.ulimits)
        request.limits.push_back(parse_resource_limit(given));
    for (auto const& given : command.entitlements)
        allow_entitlement(given, request);
    for (auto const& given : command.cache_from)
        request.cache_from.push_back(parse_cache_source(given));
    for (auto const& given : command.cache_to)
        request.cache_to.push_back(parse_cache_target(given));
    if (!command.shm_size.empty())
        request.shm_size = parse_shm_size(command.shm_size);
    request.cgroup_parent = command.cgroup_parent;
    if (!command.network.empty())
        request.network = detail::to_network(command.network);
    for (auto const& tag : command.tags)
        order.names.push_back(parse_reference(tag));
    order.push = command.push;
    return order;
}
}  // namespace acrx
#endif
