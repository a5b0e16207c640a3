// Bodies of build/detail/stage_state.hpp that are about RUN.
#ifndef ACRX_BUILD_IMPL_STAGE_RUN_IPP
#define ACRX_BUILD_IMPL_STAGE_RUN_IPP
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/run_mount_reader.hpp>
#include <acrx/build/detail/run_script.hpp>
#include <acrx/build/detail/stage_state.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/csv.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/wording.hpp>
#include <acrx/executor/device_interface.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx::detail {
inline std::string argument_of(build_request const& request, std::string const& name)
{
    auto const given = request.build_args.find(name);
    return given == request.build_args.end() ? std::string() : given->second;
}

inline network_mode network_of(std::string const& mode, build_request const& request)
{
    if (mode == "none")
        return network_mode::none;
    return mode == "host" ? network_mode::host : request.network;
}

/// What a step may have that the caller of the build has to allow.
inline void check_entitlements(dockerfile::run const& what, build_request const& request)
{
    auto const refuse = [](std::string const& entitlement) {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, entitlement + " is not allowed",
                                      "Allow it with --allow " + entitlement + ", or remove the flag from RUN.");
    };
    if (what.network == "host" && !request.allow_host_network)
        refuse("network.host");
    if (what.security == "insecure" && !request.allow_insecure)
        refuse("security.insecure");
}

/// `[name=]VENDOR/CLASS[=NAME][,required[=BOOL]]`.
inline wanted_device read_device(std::string const& word)
{
    auto const refuse = [](std::string const& why, std::string advice = {}) {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, why, std::move(advice));
    };
    wanted_device device;
    for (auto const& field : dockerfile::split_csv(word)) {
        auto const equals = std::min(field.find('='), field.size());
        auto const key = ascii_lower(std::string_view(field).substr(0, equals));
        auto const value = field.substr(std::min(equals + 1, field.size()));
        if (key == "required" && equals == field.size())
            device.required = true;
        else if (key == "required" && (value == "true" || value == "false" || value == "1" || value == "0"))
            device.required = value == "true" || value == "1";
        else if (key == "required")
            refuse("invalid value for required: " + value);
        else if (!device.name.empty() && key == "name")
            refuse("device name already set to " + device.name);
        else if (!device.name.empty())
            refuse("unexpected key '" + key + "' in '" + field + "'", "Only name and required may be given.");
        else
            device.name = key == "name" && equals < field.size() ? value : field;
    }
    if (!is_device_wish(device.name))
        refuse("invalid device \"" + device.name + "\"", "Devices are named VENDOR/CLASS=NAME.");
    return device;
}

/// The devices of RUN, if the caller of the build lets it have them.
inline std::vector<wanted_device> devices_of(dockerfile::run const& what, build_request const& request)
{
    std::vector<wanted_device> devices;
    auto const& allowed = request.allowed_devices;
    for (auto const& word : what.devices) {
        auto device = read_device(word);
        auto known = allowed.find(device.name);
        if (known == allowed.end())
            known = allowed.find(std::string(device_kind(device.name)));
        if (known == allowed.end() && !request.allow_devices)
            throw dockerfile::parse_error(errc::invalid_instruction, {}, "device " + device.name + " is not allowed",
                                          "Allow it with --allow device=" + device.name
                                              + ", or any with --allow device.");
        if (known != allowed.end() && known->first == device.name && !known->second.empty())
            device.name = known->second;
        devices.push_back(std::move(device));
    }
    return devices;
}

/// The first socket of an agent is the one that programs are told of.
inline void point_to_agent(run_operation& step)
{
    if (find_env(step.env, "SSH_AUTH_SOCK"))
        return;
    for (auto const& mount : step.mounts)
        if (std::holds_alternative<agent_socket>(mount.what))
            return set_env(step.env, "SSH_AUTH_SOCK", mount.target);
}

ACRX_DECL std::vector<run_mount> stage_state::mounts_of(dockerfile::run const& what,
                                                        std::vector<std::optional<file_origin>> origins) const
{
    mount_surroundings around;
    around.expand = [this](std::string_view word) { return expand(word); };
    around.working_dir = in_working_dir("");
    around.cache_namespace = argument_of(*request_, "BUILDKIT_CACHE_MOUNT_NS");
    std::vector<run_mount> mounts;
    for (std::size_t i = 0; i < what.mounts.size(); ++i) {
        around.origin = std::move(origins.at(i));
        mounts.push_back(read_run_mount(what.mounts[i], around));
        around.sockets_before += std::holds_alternative<agent_socket>(mounts.back().what) ? 1 : 0;
    }
    return mounts;
}

/// The build argument of that name, else of its other spelling: programs read the one or the other.
inline std::optional<std::string> proxy_value(std::string const& name, build_request const& request)
{
    for (auto const& spelling : {name, dockerfile::to_upper(name), ascii_lower(name)})
        if (auto const given = request.build_args.find(spelling); given != request.build_args.end())
            return given->second;
    return std::nullopt;
}

ACRX_DECL void stage_state::apply(dockerfile::run const& what, dockerfile::instruction const& line,
                                  std::vector<std::optional<file_origin>> origins)
{
    check_entitlements(what, *request_);
    auto script = to_run_script(what);
    run_operation step;
    step.args = command_of(script.command);
    if (step.args.empty())
        throw dockerfile::parse_error(errc::invalid_instruction, line.where, "RUN has no command to run");
    step.devices = devices_of(what, *request_);
    step.mounts = mounts_of(what, std::move(origins));
    step.scripts = std::move(script.files);
    step.platform = plan_.config.platform;
    step.env = plan_.config.config.env;
    std::vector<std::pair<std::string, std::string>> shown;
    for (auto const& name : arguments_) {
        auto const value = variables_.find(name);
        if (value != variables_.end())
            set_env(step.env, name, value->second);
        shown.emplace_back(name, value == variables_.end() ? std::string() : value->second);
    }
    point_to_agent(step);
    for (auto const& name : proxy_names())
        if (auto const value = proxy_value(name, *request_))
            if (std::find(arguments_.begin(), arguments_.end(), name) == arguments_.end())
                step.proxies.push_back(name + "=" + *value);
    step.working_dir = in_working_dir("");
    step.user = plan_.config.config.user;
    step.network = network_of(what.network, *request_);
    step.privileged = what.security == "insecure";
    if (auto hostname = argument_of(*request_, "BUILDKIT_SANDBOX_HOSTNAME"); !hostname.empty())
        step.hostname = std::move(hostname);
    auto text = "RUN " + argument_prefix(shown) + join(step.args) + " # buildkit";
    add_step(std::move(step), line, std::move(text));
}
}  // namespace acrx::detail
#endif
