// Bodies of task/run_command.hpp.
#ifndef ACRX_TASK_IMPL_RUN_COMMAND_IPP
#define ACRX_TASK_IMPL_RUN_COMMAND_IPP
#include <acrx/core/error.hpp>
#include <acrx/task/command_words.hpp>
#include <acrx/task/detail/option_words.hpp>
#include <acrx/task/run_command.hpp>

#include <utility>

namespace acrx {
namespace detail {
using run_row = option_row<run_command>;

inline constexpr std::string_view no_share =
    "Containers of a task share nothing with others but the workspace and networks.";

inline constexpr run_row run_options_of_docker[] = {
    run_row::adds<&run_command::env>("--env -e"),
    run_row::adds<&run_command::volumes>("--volume -v"),
    run_row::adds<&run_command::mounts>("--mount"),
    run_row::adds<&run_command::tmpfs>("--tmpfs"),
    run_row::adds<&run_command::ports>("--publish -p"),
    run_row::adds<&run_command::expose>("--expose"),
    run_row::adds<&run_command::add_hosts>("--add-host"),
    run_row::adds<&run_command::network_aliases>("--network-alias --net-alias --name"),
    run_row::adds<&run_command::ulimits>("--ulimit"),
    run_row::adds<&run_command::cap_add>("--cap-add"),
    run_row::adds<&run_command::cap_drop>("--cap-drop"),
    run_row::adds<&run_command::security_options>("--security-opt"),
    run_row::adds<&run_command::groups>("--group-add"),
    run_row::adds<&run_command::devices>("--device"),
    {"--entrypoint", option_form::value, [](run_command& c, std::string const& v) { c.entry_point = v; }},
    run_row::sets<&run_command::user>("--user -u"),
    run_row::sets<&run_command::working_directory>("--workdir -w"),
    run_row::sets<&run_command::network>("--network --net"),
    run_row::sets<&run_command::hostname>("--hostname -h"),
    run_row::sets<&run_command::platform>("--platform"),
    run_row::sets<&run_command::pull>("--pull"),
    run_row::sets<&run_command::cpus>("--cpus"),
    run_row::sets<&run_command::memory>("--memory -m"),
    run_row::sets<&run_command::shm_size>("--shm-size"),
    run_row::sets<&run_command::processes>("--pids-limit"),
    run_row::turns_on<&run_command::privileged>("--privileged"),
    run_row::turns_on<&run_command::read_only>("--read-only"),
    run_row::turns_on<&run_command::detach>("--detach -d"),
    run_row::turns_on<&run_command::init>("--init"),
    run_row::ignores_flag("--rm"),
    run_row::ignores_flag("--interactive -i"),
    run_row::ignores_flag("--tty -t"),
    run_row::ignores_flag("--quiet -q"),
    run_row::ignores_flag("--sig-proxy"),
    run_row::ignores_flag("--disable-content-trust"),
    run_row::ignores("--label -l"),
    run_row::ignores("--annotation"),
    run_row::ignores("--attach -a"),
    run_row::ignores("--log-driver"),
    run_row::ignores("--log-opt"),
    run_row::ignores("--isolation"),
    run_row::ignores("--stop-signal"),
    run_row::ignores("--stop-timeout"),
    run_row::ignores("--memory-swap"),
    run_row::ignores("--memory-reservation"),
    run_row::ignores("--cpu-shares -c"),
    run_row::refuses("--env-file", "List the variables under 'env' of the step."),
    run_row::refuses("--restart", "Use 'retries' of the step."),
    run_row::refuses("--volumes-from", no_share),
    run_row::refuses("--link", "Steps of one network find each other by their ids."),
    run_row::refuses("--pid", no_share),
    run_row::refuses("--ipc", no_share),
    run_row::refuses("--uts", no_share),
    run_row::refuses("--userns", no_share),
    run_row::refuses("--cgroupns", no_share),
    run_row::refuses("--cgroup-parent", no_share),
    run_row::refuses("--cidfile", no_share),
    run_row::refuses("--gpus", "Devices cannot be given to a step."),
    run_row::refuses("--sysctl", "Use 'privileged' of the step, and set it there."),
    run_row::refuses("--dns", "Steps use the name servers of this machine."),
    run_row::refuses("--dns-search", "Steps use the name servers of this machine."),
    run_row::refuses("--ip", "Steps of one network find each other by their ids."),
    run_row::refuses("--mac-address", "Steps of one network find each other by their ids."),
    run_row::refuses("--publish-all -P", "Name the ports: 'ports' of the step."),
    run_row::refuses("--runtime", "Choose the executor of the run instead."),
    run_row::refuses("--health-cmd", "Health checks are not run; let a later step wait for this one."),
    run_row::refuses("--storage-opt", no_share),
};
}  // namespace detail

ACRX_DECL run_command parse_run_command(std::string_view text)
{
    run_command command;
    auto [arguments, ignored] = detail::read_option_words(split_command(text, line_feed::ends_command),
                                                          {"docker run", true}, detail::run_options_of_docker, command);
    command.ignored = std::move(ignored);
    if (arguments.empty() || arguments[0].empty())
        throw error(errc::invalid_argument, "a cmd step names no image",
                    "Write 'cmd: IMAGE [ARGUMENTS]'; values of templates may be empty.");
    detail::check_image_name(arguments[0], "");
    command.image = std::move(arguments[0]);
    command.arguments.assign(arguments.begin() + 1, arguments.end());
    return command;
}
}  // namespace acrx
#endif
