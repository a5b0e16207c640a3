// Bodies of cli/describe_command.hpp.
#ifndef ACRX_CLI_IMPL_DESCRIBE_COMMAND_IPP
#define ACRX_CLI_IMPL_DESCRIBE_COMMAND_IPP
#include <acrx/cli/describe_command.hpp>
#include <acrx/cli/detail/settled_options.hpp>
#include <acrx/cli/detail/shown_dockerfile_of.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/dockerfile/file.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <exception>
#include <string_view>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string fetch_dockerfile(build_options const& options, state_folder const& state, quick_request request)
{
    net::io_context host(1);
    net::thread_pool pool;
    auto work = with_deadline(read_dockerfile_of(options, state, std::move(request), pool.get_executor()),
                              options.timeout, "reading " + options.context);
    auto result = net::co_spawn(host, std::move(work), net::use_future);
    host.run();
    return result.get();
}

inline boost::json::object to_json(build_target const& target)
{
    boost::json::object json;
    for (auto const& [key, value] : {std::pair<std::string_view, std::string const*>("name", &target.name),
                                     {"description", &target.description},
                                     {"base", &target.base},
                                     {"platform", &target.platform}})
        if (!value->empty())
            json[key] = *value;
    if (target.is_default)
        json["default"] = true;
    return json;
}

inline void add_mounts(boost::json::object& json, std::string_view key, std::vector<outlined_mount> const& mounts)
{
    boost::json::array list;
    for (auto const& mount : mounts) {
        boost::json::object one{{"name", mount.id}};
        if (mount.is_required)
            one["required"] = true;
        list.push_back(std::move(one));
    }
    if (!list.empty())
        json[key] = std::move(list);
}

inline std::string outline_json(build_outline const& outline)
{
    auto json = to_json(outline.target);
    boost::json::array arguments;
    for (auto const& argument : outline.arguments) {
        boost::json::object one{{"name", argument.name}};
        if (!argument.description.empty())
            one["description"] = argument.description;
        if (!argument.value.empty())
            one["value"] = argument.value;
        arguments.push_back(std::move(one));
    }
    if (!arguments.empty())
        json["args"] = std::move(arguments);
    add_mounts(json, "secrets", outline.secrets);
    add_mounts(json, "ssh", outline.ssh);
    add_mounts(json, "cache", outline.caches);
    return pretty_json(json);
}

inline std::string mount_table(std::string const& title, std::vector<outlined_mount> const& mounts)
{
    if (mounts.empty())
        return {};
    std::vector<std::vector<std::string>> rows{{title, "REQUIRED"}};
    for (auto const& mount : mounts)
        rows.push_back({mount.id, mount.is_required ? "true" : ""});
    return text_table(rows) + "\n";
}
}  // namespace detail

ACRX_DECL std::string targets_text(std::vector<build_target> const& targets, output_format format)
{
    if (format == output_format::json) {
        boost::json::array list;
        for (auto const& target : targets)
            list.push_back(detail::to_json(target));
        return pretty_json(boost::json::object{{"targets", std::move(list)}});
    }
    std::vector<std::vector<std::string>> rows{{"TARGET", "DESCRIPTION"}};
    for (auto const& target : targets) {
        auto name = target.name;
        if (target.is_default)
            name += name.empty() ? "(default)" : " (default)";
        rows.push_back({name, target.description});
    }
    return detail::text_table(rows);
}

ACRX_DECL std::string outline_text(build_outline const& outline, output_format format)
{
    if (format == output_format::json)
        return detail::outline_json(outline);
    std::string text;
    if (!outline.target.name.empty())
        text += "TARGET:       " + outline.target.name + "\n";
    if (!outline.target.description.empty())
        text += "DESCRIPTION:  " + outline.target.description + "\n";
    text += text.empty() ? "" : "\n";
    std::vector<std::vector<std::string>> rows{{"BUILD ARG", "VALUE", "DESCRIPTION"}};
    for (auto const& argument : outline.arguments)
        rows.push_back({argument.name, argument.value, argument.description});
    if (rows.size() > 1)
        text += detail::text_table(rows) + "\n";
    text += detail::mount_table("SECRET", outline.secrets) + detail::mount_table("SSH", outline.ssh)
            + detail::mount_table("CACHE", outline.caches);
    if (text.ends_with("\n\n"))
        text.pop_back();
    return text;
}

ACRX_DECL exit_status describe(build_options const& given, console& streams)
{
    try {
        auto const state = state_of(given.home);
        auto const lock = state_lock::shared(state.root());
        detail::settled_options const settled(given, state);
        auto const& options = settled.get();
        try {
            auto request = to_request(options, "describe", process_environment());
            auto const file = dockerfile::parse_file(detail::fetch_dockerfile(options, state, request));
            streams.out.write(options.call == build_call::targets
                                  ? targets_text(list_targets(file), options.format)
                                  : outline_text(make_outline(file, request.build), options.format));
            return exit_status::success;
        } catch (...) {
            streams.err.write(error_text(std::current_exception(), detail::shown_dockerfile_of(options)));
            return status_of(std::current_exception());
        }
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return status_of(std::current_exception());
    }
}
}  // namespace acrx::cli
#endif
