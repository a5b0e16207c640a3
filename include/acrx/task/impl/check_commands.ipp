// Bodies of task/check_commands.hpp.
#ifndef ACRX_TASK_IMPL_CHECK_COMMANDS_IPP
#define ACRX_TASK_IMPL_CHECK_COMMANDS_IPP
#include <acrx/dockerfile/wording.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/check_commands.hpp>
#include <acrx/task/container_spec.hpp>
#include <acrx/task/detail/option_words.hpp>
#include <acrx/task/run_command.hpp>

#include <algorithm>

namespace acrx {
namespace detail {
inline void check_image(std::string const& name)
{
    check_image_name(name, "");
    try {
        static_cast<void>(parse_reference(name));
    } catch (error const& e) {
        throw error(errc::invalid_argument, "'" + name + "' is no image name: " + e.doing(), e.advice());
    }
}

inline void check_platforms(std::vector<std::string> const& platforms)
{
    for (auto const& name : platforms)
        static_cast<void>(parse_platform(name));
}

/// The network that a step asks for must be one of the task, or one that is always there.
inline void check_network(std::string const& name, std::vector<task_network> const& networks)
{
    std::vector<std::string_view> known{"host", "none", "bridge", "default"};
    for (auto const& network : networks)
        known.push_back(network.name);
    if (name.empty() || std::find(known.begin(), known.end(), name) != known.end())
        return;
    auto const near = dockerfile::closest(name, known);
    throw error(errc::invalid_argument, "there is no network '" + name + "'",
                near.empty() ? "Define it under 'networks' of the task." : "Did you mean '" + near + "'?");
}

inline void check_container(task_step const& step, std::vector<task_network> const& networks)
{
    auto const command = parse_run_command(step.command);
    check_image(command.image);
    check_network(command.network.empty() ? step.network : command.network, networks);
    check_container_options(step, command);
}

inline void check_command(task_step const& step, std::vector<task_network> const& networks)
{
    if (step.kind == step_kind::build) {
        auto const command = parse_build_command(step.command);
        for (auto const& tag : command.tags)
            check_image(tag);
        check_platforms(command.platforms);
    } else if (step.kind == step_kind::cmd) {
        check_container(step, networks);
    } else {
        for (auto const& image : step.images)
            check_image(image);
    }
}
}  // namespace detail

ACRX_DECL void check_commands(task_file const& task)
{
    for (auto const& step : task.steps) {
        try {
            detail::check_command(step, task.networks);
        } catch (error const& e) {
            throw task_error(static_cast<errc>(e.code().value()), task.file, step.where,
                             "step '" + step.id + "': " + e.doing(), e.advice());
        }
    }
}
}  // namespace acrx
#endif
