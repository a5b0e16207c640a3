// Bodies of task/build_order.hpp.
#ifndef ACRX_TASK_IMPL_BUILD_ORDER_IPP
#define ACRX_TASK_IMPL_BUILD_ORDER_IPP
#include <acrx/build/named_location.hpp>
#include <acrx/build/parse_annotation.hpp>
#include <acrx/build/parse_attestation.hpp>
#include <acrx/build/parse_output.hpp>
#include <acrx/build/parse_shared_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/task/build_order.hpp>
#include <acrx/task/command_words.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
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

inline void add_platforms(build_order& order, std::vector<std::string> const& names)
{
    std::vector<platform> all;
    for (auto const& name : names)
        if (auto const one = parse_platform(name); std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    if (!all.empty())
        order.request.platform = all.front();
    if (all.size() > 1)
        order.platforms = std::move(all);
}

/// What comes out, and what it carries.
inline void add_results(build_order& order, build_command const& command, place_lookup const& place)
{
    auto& request = order.request;
    for (auto const& given : command.annotations)
        parse_annotation(given, request.form.annotations);
    if (!command.provenance.empty())
        parse_provenance(command.provenance, request.attestations);
    if (!command.sbom.empty())
        parse_sbom(command.sbom, request.attestations);
    for (auto const& given : command.attestations)
        parse_attest(given, request.attestations);
    for (auto const& given : command.outputs) {
        auto output = parse_output(given);
        if (output.is_to_stdout())
            throw option_error("--output '" + given + "': a step has no standard output for it", "Name a file of the workspace.");
        request.rewrite_timestamp = request.rewrite_timestamp || output.rewrite_timestamp;
        if (output.push_by_digest || output.is_canonical || output.is_insecure || !output.dangling_prefix.empty())
            throw option_error("--output '" + given + "': a step's images have tags, and the registries of its run",
                               "Push it by a push step.");
        if (output.type == build_output::kind::none)
            continue;
        if (output.type == build_output::kind::docker && order.platforms.size() > 1)
            throw option_error("--output '" + given + "': a docker archive holds an image for one platform",
                               "Use type=oci, or one --platform.");
        if (output.type != build_output::kind::image) {
            output.dest = place(output.dest.string());
            order.outputs.push_back(std::move(output));
            continue;
        }
        request.form = form_of(output, request.form);
        order.push = output.push.value_or(order.push);
        for (auto const& name : output.names)
            order.names.push_back(parse_reference(name));
    }
    if (!command.iidfile.empty())
        order.id_file = place(command.iidfile);
    if (!command.metadata_file.empty())
        order.metadata_file = place(command.metadata_file);
}

inline void add_contexts(build_request& request, build_command const& command, place_lookup const& place)
{
    for (auto const& given : command.build_contexts) {
        auto const equals = given.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == given.size())
            throw option_error("--build-context '" + given + "' is not NAME=LOCATION");
        request.contexts.insert_or_assign(to_context_name(given.substr(0, equals)), with_place(given.substr(equals + 1), place));
    }
}
}  // namespace detail

ACRX_DECL build_order make_build_order(task_step const& step, build_command const& command, build_request defaults,
                                       place_lookup const& place)
{
    auto const variables = detail::variables_of(step);
    build_order order;
    order.request = std::move(defaults);
    order.context = command.context;
    order.dockerfile = command.file;
    auto& request = order.request;
    request.build_args = build_arguments(command, step.env);
    request.target = command.target;
    detail::add_platforms(order, command.platforms);
    request.no_cache = command.no_cache;
    request.no_cache_stages = command.no_cache_filters;
    request.squash = command.squash;
    for (auto const& label : command.labels)
        request.labels.insert_or_assign(label.substr(0, label.find('=')),
                                        label.find('=') == std::string::npos ? "" : label.substr(label.find('=') + 1));
    for (auto const& given : command.secrets)
        request.secrets.insert(read_secret_option(given, variables, place));
    for (auto const& given : command.ssh)
        request.ssh_agents.insert(read_ssh_option(given, variables, place));
    for (auto const& given : command.add_hosts)
        request.extra_hosts.push_back(parse_extra_host(given));
    for (auto const& given : command.ulimits)
        request.limits.push_back(parse_resource_limit(given));
    for (auto const& given : command.security_options)
        apply_security_option(request.rights, given);
    for (auto const& given : command.entitlements)
        allow_entitlement(given, request);
    for (auto const& given : command.cache_from)
        request.cache_from.push_back(parse_cache_source(given, place));
    for (auto const& given : command.cache_to)
        request.cache_to.push_back(parse_cache_target(given, place));
    if (!command.shm_size.empty())
        request.shm_size = parse_shm_size(command.shm_size);
    request.cgroup_parent = command.cgroup_parent;
    if (!command.network.empty())
        request.network = detail::to_network(command.network);
    for (auto const& tag : command.tags)
        order.names.push_back(parse_reference(tag));
    order.push = command.push;
    detail::add_contexts(request, command, place);
    detail::add_results(order, command, place);
    return order;
}
}  // namespace acrx
#endif
