// Bodies of task/build_command.hpp.
#ifndef ACRX_TASK_IMPL_BUILD_COMMAND_IPP
#define ACRX_TASK_IMPL_BUILD_COMMAND_IPP
#include <acrx/core/error.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/command_words.hpp>
#include <acrx/task/detail/option_words.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
using build_row = option_row<build_command>;

inline constexpr build_row build_options_of_docker[] = {
    build_row::adds<&build_command::tags>("--tag -t --image"),
    build_row::sets<&build_command::file>("--file -f"),
    build_row::sets<&build_command::target>("--target"),
    build_row::adds<&build_command::build_args>("--build-arg"),
    build_row::adds<&build_command::build_contexts>("--build-context"),
    build_row::adds_parts<&build_command::platforms>("--platform"),
    build_row::adds<&build_command::labels>("--label"),
    build_row::adds<&build_command::annotations>("--annotation"),
    build_row::adds<&build_command::secrets>("--secret"),
    build_row::adds<&build_command::ssh>("--ssh"),
    build_row::adds<&build_command::cache_from>("--cache-from"),
    build_row::adds<&build_command::cache_to>("--cache-to"),
    build_row::adds<&build_command::outputs>("--output -o"),
    build_row::adds<&build_command::add_hosts>("--add-host"),
    build_row::adds<&build_command::ulimits>("--ulimit"),
    build_row::adds_parts<&build_command::entitlements>("--allow"),
    build_row::adds<&build_command::security_options>("--security-opt"),
    build_row::adds<&build_command::attestations>("--attest"),
    build_row::adds_parts<&build_command::no_cache_filters>("--no-cache-filter"),
    build_row::sets<&build_command::provenance>("--provenance"),
    build_row::sets<&build_command::sbom>("--sbom"),
    build_row::sets<&build_command::network>("--network"),
    build_row::sets<&build_command::shm_size>("--shm-size"),
    build_row::sets<&build_command::cgroup_parent>("--cgroup-parent"),
    build_row::sets<&build_command::memory>("--memory -m"),
    build_row::sets<&build_command::cpus>("--cpus"),
    build_row::sets<&build_command::progress>("--progress"),
    build_row::sets<&build_command::iidfile>("--iidfile"),
    build_row::sets<&build_command::metadata_file>("--metadata-file"),
    build_row::turns_on<&build_command::no_cache>("--no-cache"),
    build_row::turns_on<&build_command::pull>("--pull"),
    build_row::turns_on<&build_command::push>("--push"),
    build_row::turns_on<&build_command::quiet>("--quiet -q"),
    build_row::turns_on<&build_command::check>("--check"),
    build_row::turns_on<&build_command::squash>("--squash"),
    build_row::ignores_flag("--load"),
    build_row::ignores_flag("--rm"),
    build_row::ignores_flag("--force-rm"),
    build_row::ignores_flag("--compress"),
    build_row::ignores_flag("--debug -D"),
    build_row::ignores_flag("--disable-content-trust"),
    build_row::ignores("--builder"),
    build_row::ignores("--isolation"),
    build_row::ignores("--cpu-shares -c"),
    build_row::ignores("--cpu-period"),
    build_row::ignores("--cpu-quota"),
    build_row::ignores("--cpuset-cpus"),
    build_row::ignores("--cpuset-mems"),
    build_row::ignores("--memory-swap"),
    build_row::refuses("--stream", "Leave it out: a context is always sent only as far as it is needed."),
    build_row::refuses("--call", "To check a Dockerfile, use --check."),
    build_row::refuses("--policy", "Policies on sources are not evaluated."),
};

/// `--provenance` and `--sbom` may stand alone.
inline std::vector<std::string> with_bare_options(std::vector<std::string> words)
{
    for (auto& word : words)
        if (word == "--provenance" || word == "--sbom")
            word += "=true";
    return words;
}
}  // namespace detail

ACRX_DECL build_command parse_build_command(std::string_view text)
{
    auto const words = detail::with_bare_options(split_command(text, line_feed::is_blank));
    build_command command;
    auto [arguments, ignored] =
        detail::read_option_words(words, {"docker build", false}, detail::build_options_of_docker, command);
    if (arguments.size() > 1)
        throw error(errc::invalid_argument,
                    "docker build: '" + arguments[0] + "' and '" + arguments[1] + "' cannot both be the context",
                    "A build has one context; a name goes after -t, a Dockerfile after -f; quote what holds blanks.");
    if (!arguments.empty())
        command.context = arguments[0];
    if (command.context.empty())
        throw error(errc::invalid_argument, "docker build: the context is empty",
                    "Write . for the working directory; values of templates may be empty.");
    for (auto const& tag : command.tags) {
        if (tag.empty())
            throw error(errc::invalid_argument, "docker build: the image name after -t is empty");
        detail::check_image_name(tag, "docker build: ");
    }
    command.ignored = std::move(ignored);
    return command;
}

ACRX_DECL std::map<std::string, std::string> build_arguments(build_command const& command,
                                                             std::span<std::string const> env)
{
    std::map<std::string, std::string> arguments;
    for (auto const& item : command.build_args) {
        auto const equals = item.find('=');
        if (equals != item.npos) {
            arguments.insert_or_assign(item.substr(0, equals), item.substr(equals + 1));
            continue;
        }
        for (auto const& setting : env)
            if (setting.size() > item.size() && setting.starts_with(item) && setting[item.size()] == '=')
                arguments.insert_or_assign(item, unquote_setting(setting).substr(item.size() + 1));
    }
    return arguments;
}
}  // namespace acrx
#endif
