// Bodies of cli/detail/remote_order.hpp.
#ifndef ACRX_CLI_IMPL_REMOTE_ORDER_IPP
#define ACRX_CLI_IMPL_REMOTE_ORDER_IPP
#include <acrx/cli/detail/remote_order.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task/task_file.hpp>
#include <acrx/task/task_template.hpp>
#include <acrx/task/values_file.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace acrx::cli::detail {
namespace fs = std::filesystem;

inline constexpr std::uint64_t longest_sent_text = std::uint64_t{16} << 20;

inline boost::json::object named_json(std::string const& name, std::string const& value, bool is_secret)
{
    return {{"name", name}, {"value", value}, {"isSecret", is_secret}};
}

inline boost::json::object platform_json(platform const& wanted)
{
    boost::json::object made{{"os", wanted.os}, {"architecture", wanted.architecture}};
    if (!wanted.variant.empty())
        made["variant"] = wanted.variant;
    return made;
}

/// A runner's own limit is five minutes or more; a shorter one is kept from here.
inline void set_limit(remote_order& order, std::chrono::seconds timeout)
{
    constexpr auto least = std::chrono::seconds(300);
    constexpr auto waits_for_runner = std::chrono::hours(30 * 24);
    order.request["timeout"] = std::max(least, timeout).count();
    order.limit = timeout < least ? timeout : waits_for_runner;
}

/// A place that a runner can fetch from, or one of this machine; others are refused.
inline location sendable_location(std::string const& text)
{
    auto where = find_location(text);
    auto const* repository = std::get_if<git_location>(&where);
    if (repository != nullptr && repository->remote.starts_with("file:"))
        throw usage_error("a runner does not read '" + text + "'", "Name the folder itself: its files are sent.");
    if (std::holds_alternative<input_location>(where))
        throw usage_error("a context on standard input is not sent to a runner", "Name a folder, an archive or an address.");
    if (auto const* local = std::get_if<local_location>(&where)) {
        std::error_code failed;
        if (!fs::is_directory(local->path, failed) && !fs::is_regular_file(local->path, failed))
            throw error(errc::invalid_argument, "Unable to find '" + local->path.string() + "'.",
                        "CONTEXT is the folder with the files of the build.");
    }
    return where;
}

inline bool is_folder(location const& where)
{
    std::error_code failed;
    auto const* local = std::get_if<local_location>(&where);
    return local != nullptr && fs::is_directory(local->path, failed);
}

/// `file` as counted from `folder`; nothing if it leads elsewhere.
inline std::optional<std::string> name_in_folder(fs::path const& folder, fs::path const& file)
{
    std::error_code failed;
    auto const root = fs::canonical(folder, failed);
    auto const real = fs::canonical(file, failed);
    auto const above = fs::canonical(fs::absolute(file).parent_path(), failed);
    if (failed || !fs::is_regular_file(real, failed))
        return std::nullopt;
    auto const is_inside = [&](fs::path const& path) {
        auto const relative = path.lexically_relative(root);
        return !relative.empty() && *relative.begin() != "..";
    };
    auto const named = above / file.filename();
    if (!is_inside(real) || !is_inside(named))
        return std::nullopt;
    return named.lexically_relative(root).string();
}

inline std::string text_of_file(fs::path const& file, std::string_view advice)
{
    auto text = read_file_if_exists(file, longest_sent_text);
    if (!text)
        throw error(errc::invalid_argument, "Unable to find '" + file.string() + "'.", std::string(advice));
    return std::move(*text);
}

/// Adds a Dockerfile that the folder does not hold, and rules by which no COPY meets it.
inline std::string add_dockerfile(context_parcel& parcel, std::string text)
{
    std::string const name = ".acrx.Dockerfile";
    std::string rules;
    for (auto const& pattern : parcel.rules.patterns())
        rules += pattern + "\n";
    rules += name + "\n" + name + ".dockerignore\n";
    parcel.added = {{name, std::move(text)}, {name + ".dockerignore", std::move(rules)}};
    return name;
}

ACRX_DECL context_parcel parcel_with_dockerfile(fs::path const& folder, fs::path const& file, std::string& name)
{
    constexpr std::string_view advice = "The path after -f counts from the current directory.";
    std::error_code failed;
    if (file.empty()) {
        bool const is_lower = !fs::exists(folder / "Dockerfile", failed) && fs::exists(folder / "dockerfile", failed);
        name = is_lower ? "dockerfile" : "Dockerfile";
        if (!fs::exists(folder / name, failed))
            throw error(errc::invalid_argument, "Unable to find '" + (folder / name).string() + "'.",
                        "Write a Dockerfile there, or name another one with -f.");
        return parcel_of_folder(fs::canonical(folder), name);
    }
    if (auto inside = name_in_folder(folder, file)) {
        name = *inside;
        return parcel_of_folder(fs::canonical(folder), name);
    }
    auto text = text_of_file(file, advice);
    context_parcel parcel{.root = fs::canonical(folder), .rules = find_ignore_rules(folder, fs::absolute(file))};
    name = add_dockerfile(parcel, std::move(text));
    return parcel;
}

/// The parcel of a build; the name of its Dockerfile goes into `name`.
inline context_parcel parcel_of_build(build_options const& options, location const& where, input_reader const& input, std::string& name)
{
    auto const* local = std::get_if<local_location>(&where);
    bool const is_input = options.file == "-";
    context_parcel parcel;
    if (is_input && !is_folder(where) && !std::holds_alternative<empty_location>(where))
        throw usage_error("-f -: a Dockerfile on standard input goes with a folder or /dev/null");
    if (std::holds_alternative<empty_location>(where)) {
        auto text = is_input ? input() : text_of_file(options.file.empty() ? "Dockerfile" : options.file, "Name a Dockerfile with -f.");
        name = add_dockerfile(parcel, std::move(text));
    } else if (is_folder(where) && is_input) {
        parcel.root = fs::canonical(local->path);
        parcel.rules = find_ignore_rules(parcel.root, {});
        name = add_dockerfile(parcel, input());
    } else if (is_folder(where)) {
        parcel = parcel_with_dockerfile(local->path, options.file, name);
    } else {
        name = options.file.empty() ? "Dockerfile" : options.file.relative_path().string();
        if (local != nullptr)
            parcel.root = local->path;
    }
    return parcel;
}

/// Build arguments; one without a value has that of the environment, or is none.
inline boost::json::array arguments_of(build_options const& options, environment const& variables)
{
    boost::json::array list;
    auto const add = [&](std::string const& option, std::string const& given, bool is_secret) {
        auto const equals = given.find('=');
        auto const name = given.substr(0, equals);
        if (name.empty())
            throw usage_error(option + (is_secret ? "" : " '" + given + "'") + " has no name", "Write NAME=VALUE or NAME.");
        auto const value = equals == given.npos ? variables(name) : std::optional(given.substr(equals + 1));
        if (value)
            list.push_back(named_json(name, *value, is_secret));
    };
    if (auto const epoch = variables("SOURCE_DATE_EPOCH"); epoch && !epoch->empty())
        add("", "SOURCE_DATE_EPOCH", false);
    for (auto const& each : options.build_args)
        add("--build-arg", each, false);
    for (auto const& each : options.secret_build_args)
        add("--secret-build-arg", each, true);
    return list;
}

/// The names of the image; one with a template is filled in by the runner.
inline boost::json::array image_names_of(build_options const& options)
{
    auto const host = registry_host(options.registry);
    boost::json::array names;
    for (auto const& each : options.images) {
        if (each.find("{{") == each.npos)
            resolve_names({each}, host);
        bool const is_bare = !host.empty() && !names_registry(each) && !each.starts_with("library/");
        names.emplace_back(is_bare ? host + "/" + each : each);
    }
    return names;
}

/// A list only where there are several: servers of ACR know one.
inline void add_platforms(boost::json::object& request, build_options const& options)
{
    auto const platforms = platforms_of(options);
    for (auto const& each : platforms)
        check_machine_platform(each);
    request["platform"] = platform_json(platforms.front());
    if (platforms.size() == 1)
        return;
    auto& list = request["platforms"].emplace_array();
    for (auto const& each : platforms)
        list.emplace_back(to_string(each));
}

ACRX_DECL remote_order order_of_build(build_options const& options, environment const& variables, input_reader const& input)
{
    if (options.progress == progress_style::raw_json)
        throw usage_error("--progress rawjson: the log of a runner is text", "Leave it out, or build here: without --server and $ACRX_SERVER.");
    remote_order order;
    auto& request = order.request;
    request["type"] = "DockerBuildRequest";
    request["imageNames"] = image_names_of(options);
    request["isPushEnabled"] = !options.no_push;
    request["noCache"] = options.no_cache;
    request["arguments"] = arguments_of(options, variables);
    add_platforms(request, options);
    if (!options.target.empty())
        request["target"] = options.target;
    set_limit(order, options.timeout);
    auto const where = sendable_location(options.context);
    std::string dockerfile;
    order.parcel = parcel_of_build(options, where, input, dockerfile);
    request["dockerFilePath"] = dockerfile;
    if (order.parcel.empty())
        request["sourceLocation"] = options.context;
    return order;
}

/// The text of a task that is no file of its context; nothing if it is one.
inline std::optional<std::string> sent_task_text(task_options const& options, location const& where, input_reader const& input)
{
    check_task_sources(options);
    if (!options.encoded_task.empty())
        return decode_task(options.encoded_task);
    if (!options.command.empty())
        return acrx::task_of_command(options.command, options.timeout.value_or(std::chrono::seconds(0)));
    auto const name = options.file.value_or(options.default_file);
    if (name == "-")
        return input();
    if (std::holds_alternative<empty_location>(where))
        return text_of_file(name, "-f names a task file, counted from the current directory.");
    if (!is_folder(where))
        return std::nullopt;
    auto const& folder = std::get<local_location>(where).path;
    if (name_in_folder(folder, folder / name))
        return std::nullopt;
    return text_of_file(folder / name, "-f names a task file, counted from CONTEXT.");
}

/// Values files count from the context, like the task file.
inline void add_values_file(task_options const& options, location const& where, bool is_text, remote_order& order)
{
    constexpr std::string_view advice = "--values names a file, counted from CONTEXT.";
    if (!options.encoded_values.empty() && !is_text)
        throw usage_error("--encoded-values: a task file of the context goes with a values file of it, --values");
    if (!options.encoded_values.empty())
        order.request["encodedValuesContent"] = to_base64(decode_task(options.encoded_values));
    if (options.values_file.empty())
        return;
    if (!is_text) {
        order.request["valuesFilePath"] = options.values_file;
        return;
    }
    if (!is_folder(where) && !std::holds_alternative<empty_location>(where))
        throw usage_error("--values: a values file of a context that is fetched goes with a task file of that context");
    auto const file = is_folder(where) ? std::get<local_location>(where).path / options.values_file : fs::path(options.values_file);
    order.request["encodedValuesContent"] = to_base64(text_of_file(file, advice));
}

inline boost::json::array settings_of(task_options const& options)
{
    boost::json::array list;
    auto const add = [&](std::string const& option, std::string const& setting, bool is_secret) {
        try {
            auto const [name, text] = parse_setting(setting);
            list.push_back(named_json(name, text, is_secret));
        } catch (error const& e) {
            throw usage_error(option + ": " + e.text(), "Write NAME=TEXT.");
        }
    };
    for (auto const& each : options.settings)
        add("--set", each, false);
    for (auto const& each : options.secret_settings)
        add("--set-secret", each, true);
    return list;
}

inline boost::json::object overrides_of(task_options const& options)
{
    boost::json::object made;
    if (!options.id.empty())
        made["id"] = options.id;
    if (!options.connection.registry.empty())
        made["registry"] = registry_host(options.connection.registry);
    boost::json::array environment;
    for (auto const& each : options.env)
        environment.emplace_back(each);
    made["environment"] = std::move(environment);
    made["noCache"] = options.connection.no_cache;
    return made;
}

ACRX_DECL remote_order order_of_task(task_options const& options, input_reader const& input)
{
    remote_order order;
    auto& request = order.request;
    auto const where = sendable_location(options.context);
    auto const text = sent_task_text(options, where, input);
    auto const file = options.file.value_or(options.default_file);
    request["type"] = text ? "EncodedTaskRunRequest" : "FileTaskRunRequest";
    if (text)
        request["encodedTaskContent"] = to_base64(*text);
    else
        request["taskFilePath"] = file;
    add_values_file(options, where, text.has_value(), order);
    request["values"] = settings_of(options);
    request["runOverrides"] = overrides_of(options);
    request["platform"] = platform_json(machine_platform_of(options.connection));
    set_limit(order, options.timeout.value_or(std::chrono::hours(1)));
    if (is_folder(where)) {
        std::vector<std::string> kept;
        for (auto const& each : {text ? std::string() : file, options.values_file})
            if (!each.empty())
                kept.push_back(fs::path(each).lexically_normal().string());
        order.parcel = parcel_of_folder(fs::canonical(std::get<local_location>(where).path), {}, std::move(kept));
    } else if (auto const* archive = std::get_if<local_location>(&where)) {
        order.parcel.root = archive->path;
    } else if (!std::holds_alternative<empty_location>(where)) {
        request["sourceLocation"] = options.context;
    }
    return order;
}
}  // namespace acrx::cli::detail
#endif
