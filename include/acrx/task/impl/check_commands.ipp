// Bodies of task/check_commands.hpp.
#ifndef ACRX_TASK_IMPL_CHECK_COMMANDS_IPP
#define ACRX_TASK_IMPL_CHECK_COMMANDS_IPP
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/check_commands.hpp>
#include <acrx/task/detail/option_words.hpp>
#include <acrx/task/run_command.hpp>

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
    if (platforms.size() > 1)
        throw error(errc::not_supported, "docker build: more than one --platform is not supported",
                    "Use a step for each.");
    for (auto const& name : platforms)
        static_cast<void>(parse_platform(name));
}

inline void check_command(task_step const& step)
{
    if (step.kind == step_kind::build) {
        auto const command = parse_build_command(step.command);
        for (auto const& tag : command.tags)
            check_image(tag);
        check_platforms(command.platforms);
    } else if (step.kind == step_kind::cmd) {
        check_image(parse_run_command(step.command).image);
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
            detail::check_command(step);
        } catch (error const& e) {
            throw task_error(static_cast<errc>(e.code().value()), task.file, step.where,
                             "step '" + step.id + "': " + e.doing(), e.advice());
        }
    }
}
}  // namespace acrx
#endif
