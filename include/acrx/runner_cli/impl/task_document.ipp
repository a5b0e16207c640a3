// Bodies of runner_cli/detail/task_document.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_DOCUMENT_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_DOCUMENT_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/detail/trigger_document.hpp>

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/split.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx::cli::detail {
ACRX_DECL std::string text_at(json::value const& in, std::string_view pointer)
{
    json::error_code missing;
    auto const* found = in.find_pointer({pointer.data(), pointer.size()}, missing);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

ACRX_DECL json::array list_at(json::value const& in, std::string_view pointer)
{
    json::error_code missing;
    auto const* found = in.find_pointer({pointer.data(), pointer.size()}, missing);
    return found && found->is_array() ? found->get_array() : json::array();
}

ACRX_DECL json::object credential_of(std::string const& text)
{
    json::object made;
    auto const is_vault = text.starts_with("https://") && text.find(".vault.") != text.npos && text.find("/secrets/") != text.npos;
    made["type"] = is_vault ? "Vaultsecret" : "Opaque";
    made["value"] = text;
    return made;
}

ACRX_DECL std::string secret_in(std::filesystem::path const& file)
{
    std::string text;
    if (file == "-")
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    else
        text = read_file(file, 1 << 20);
    text.erase(text.find_last_not_of("\r\n") + 1);
    return text;
}

inline std::string git_token(task_arguments const& a)
{
    if (!a.git_token.empty())
        return a.git_token;
    if (!a.git_token_file.empty())
        return secret_in(a.git_token_file);
    auto const* text = std::getenv("ACRX_GIT_ACCESS_TOKEN");
    return text ? text : "";
}

/// A task file, and no Dockerfile, by its name.
inline bool is_task_file(std::string const& name)
{
    static constexpr std::array<std::string_view, 16> suffixes{".yaml", ".yml", ".toml", ".json", ".sh", ".bash", ".zsh", ".ps1",
                                                               ".ps", ".cmd", ".bat", ".ts", ".js", ".php", ".py", ".rb"};
    auto const lower = ascii_lower(name);
    return lower == "-" || lower.ends_with(".lua")
           || std::any_of(suffixes.begin(), suffixes.end(), [&](auto suffix) { return lower.ends_with(suffix); });
}

inline bool is_no_context(std::string const& context)
{
    return ascii_lower(context) == "/dev/null";
}

inline void add_pair(json::array& list, std::string const& option, std::string const& text, bool is_secret)
{
    auto const equals = text.find('=');
    auto const name = text.substr(0, equals);
    std::string value;
    if (equals != text.npos)
        value = text.substr(equals + 1);
    else if (auto const* given = is_secret ? std::getenv(name.c_str()) : nullptr)
        value = given;
    else
        throw usage_error(option + ": '" + text + "' is not NAME=VALUE");
    json::object one;
    one["name"] = name;
    one["value"] = value;
    one["isSecret"] = is_secret;
    list.push_back(std::move(one));
}

inline json::array pairs(std::vector<std::string> const& plain, std::vector<std::string> const& secret, std::string const& option)
{
    json::array list;
    for (auto const& each : plain)
        add_pair(list, option, each, false);
    for (auto const& each : secret)
        add_pair(list, option, each, true);
    return list;
}

inline json::object docker_step_of(task_arguments const& a)
{
    json::object step;
    step["type"] = "Docker";
    put_given(step, "dockerFilePath", a.file);
    if (!a.images.empty()) {
        json::array names;
        for (auto const& each : a.images)
            names.emplace_back(each);
        step["imageNames"] = std::move(names);
    }
    if (a.no_push)
        step["isPushEnabled"] = !*a.no_push;
    put_given(step, "noCache", a.no_cache);
    put_given(step, "target", a.target);
    if (!a.build_args.empty() || !a.secret_build_args.empty())
        step["arguments"] = pairs(a.build_args, a.secret_build_args, "--arg");
    if (a.platform) {  // an image for each
        auto& list = step["platforms"].emplace_array();
        if (a.platform->find(',') != std::string::npos)
            for (auto const& each : *a.platform | ranges::views::split(','))
                list.emplace_back(each | ranges::to<std::string>());
    }
    return step;
}

inline std::string task_text(task_arguments const& a)
{
    if (a.command)
        return "steps:\n  - cmd: >-\n      " + *a.command + "\n    disableWorkingDirectoryOverride: true\n";
    return *a.file == "-" ? secret_in("-") + "\n" : read_file(*a.file, 1 << 20);
}

/// The step that the options describe; without a type if they describe none.
inline json::object step_of(task_arguments const& a, std::string const& context)
{
    auto const has_text = a.command || (is_no_context(context) && a.file);
    json::object step;
    if (has_text) {
        step["type"] = "EncodedTask";
        step["encodedTaskContent"] = to_base64(task_text(a));
        if (a.values_file)
            step["encodedValuesContent"] = to_base64(read_file(*a.values_file, 1 << 20));
    } else if (a.file && is_task_file(*a.file)) {
        step["type"] = "FileTask";
        step["taskFilePath"] = *a.file;
        put_given(step, "valuesFilePath", a.values_file);
    } else if (a.file) {
        step = docker_step_of(a);
    }
    if (has_text || (a.file && is_task_file(*a.file)))
        if (!a.settings.empty() || !a.secret_settings.empty())
            step["values"] = pairs(a.settings, a.secret_settings, "--set");
    return step;
}

inline json::object platform_of(std::string const& text)
{
    json::object made;
    auto const first = text.find('/');
    auto const second = first == text.npos ? text.npos : text.find('/', first + 1);
    made["os"] = text.substr(0, first);
    if (first != text.npos)
        made["architecture"] = text.substr(first + 1, second == text.npos ? text.npos : second - first - 1);
    if (second != text.npos)
        made["variant"] = text.substr(second + 1);
    return made;
}

/// The platforms of a Dockerfile's images, when there are several. Build steps of a task file name their own.
inline void check_platforms(task_arguments const& a, std::string_view step_type)
{
    if (a.platform && a.platform->find(',') != std::string::npos && step_type != "Docker")
        throw usage_error("--platform '" + *a.platform + "': only a Dockerfile is built for several at once",
                          "Write --platform into the build steps of the task.");
}

/// What `create` and `update` have in common.
inline json::object common_properties(task_arguments const& a)
{
    json::object made;
    put_given(made, "status", a.status);
    if (a.platform)
        made["platform"] = platform_of(a.platform->substr(0, a.platform->find(',')));
    if (a.cpu)
        made["agentConfiguration"] = json::object{{"cpu", *a.cpu}};
    put_given(made, "timeout", a.timeout);
    put_given(made, "agentPoolName", a.agent_pool);
    put_given(made, "logTemplate", a.log_template);
    if (a.auth_mode || a.auth_identity) {
        json::object home;
        put_given(home, "loginMode", a.auth_mode);
        if (a.auth_identity)
            home["identity"] = ascii_lower(*a.auth_identity) == "none" ? "" : *a.auth_identity;
        made["credentials"] = json::object{{"sourceRegistry", std::move(home)}};
    }
    return made;
}

inline json::object identity_of(std::vector<std::string> const& ids)
{
    json::object users;
    bool has_system = ids.empty();
    for (auto const& each : ids)
        if (each == "[system]")
            has_system = true;
        else
            users[each] = json::object();
    json::object made;
    made["type"] = users.empty() ? "SystemAssigned" : has_system ? "SystemAssigned, UserAssigned" : "UserAssigned";
    if (!users.empty())
        made["userAssignedIdentities"] = std::move(users);
    return made;
}

inline void check_created(task_arguments const& a)
{
    auto const context = a.context.value_or("");
    if (a.is_system)
        return;
    if (context.empty())
        throw usage_error("task create: --context/-c is missing", "Give -c /dev/null for a task without files.");
    if (a.command && (!is_no_context(context) || a.file))
        throw usage_error("Task can be created with either --cmd myCommand -c /dev/null or -f myFile -c myContext, but not both.");
    if (!a.command && !a.file)
        throw usage_error("missing --file/-f argument");
}

ACRX_DECL json::object created_task(task_arguments const& a)
{
    check_created(a);
    auto const context = a.context.value_or("");
    auto const has_source = !a.is_system && !is_no_context(context) && !context.starts_with("oci://");
    auto const commits = has_source && a.commit_trigger.value_or(true);
    auto const pulls = has_source && a.pull_request_trigger.value_or(false);
    auto const token = git_token(a);
    if ((commits || pulls) && token.empty())
        throw usage_error("If source control trigger is enabled [--commit-trigger-enabled] or [--pull-request-trigger-enabled] "
                          "--git-access-token must be provided.");
    auto inner = common_properties(a);
    json::object triggers;
    if (!a.is_system) {
        auto step = step_of(a, context);
        if (!is_no_context(context))
            step["contextPath"] = context;
        if (!token.empty())
            step["contextAccessToken"] = token;
        check_platforms(a, text_at(step, "/type"));
        inner["step"] = std::move(step);
        if (commits || pulls)
            triggers["sourceTriggers"] = json::array{source_trigger_of(a, context, token, commits, pulls)};
        if (a.base_image_trigger.value_or(true))
            triggers["baseImageTrigger"] = base_trigger_of(a);
    }
    if (!a.schedules.empty())
        triggers["timerTriggers"] = timers_of(a.schedules);
    inner["trigger"] = std::move(triggers);
    inner["isSystemTask"] = a.is_system;
    json::object made;
    made["location"] = "local";
    if (!a.identities.empty())
        made["identity"] = identity_of(a.identities);
    made["properties"] = std::move(inner);
    return made;
}

ACRX_DECL json::object updated_task(task_arguments const& a, json::value const& known)
{
    auto inner = common_properties(a);
    auto const context = a.context.value_or(text_at(known, "/properties/step/contextPath"));
    auto const token = git_token(a);
    auto const type = text_at(known, "/properties/step/type");
    auto step = step_of(a, a.context || type != "EncodedTask" ? context : "/dev/null");
    if (step.empty() && type == "Docker") {
        step = docker_step_of(a);
    } else if (step.empty() && (!a.settings.empty() || !a.secret_settings.empty())) {
        step["values"] = pairs(a.settings, a.secret_settings, "--set");
    }
    if (a.context)
        step["contextPath"] = is_no_context(*a.context) ? "" : *a.context;
    if (!token.empty())
        step["contextAccessToken"] = token;
    check_platforms(a, step.contains("type") ? text_at(step, "/type") : type);
    if (!step.empty()) {
        if (!step.contains("type"))
            step["type"] = type;
        inner["step"] = std::move(step);
    }
    json::object triggers;
    if (auto source = updated_source(a, known, token))
        triggers["sourceTriggers"] = json::array{std::move(*source)};
    if (a.base_image_trigger || a.base_image_trigger_type || a.update_endpoint || a.update_payload_type) {
        auto base = base_trigger_of(a);
        if (auto const name = text_at(known, "/properties/trigger/baseImageTrigger/name"); !name.empty())
            base["name"] = name;
        triggers["baseImageTrigger"] = std::move(base);
    }
    if (!triggers.empty())
        inner["trigger"] = std::move(triggers);
    return json::object{{"properties", std::move(inner)}};
}

ACRX_DECL bool names_context_here(task_arguments const& a)
{
    std::error_code missing;
    return a.context && !is_no_context(*a.context) && std::filesystem::exists(*a.context, missing);
}

ACRX_DECL json::object run_of_task(task_arguments const& a)
{
    json::object changes;
    if (!names_context_here(a))
        put_given(changes, "contextPath", a.context);
    put_given(changes, "file", a.file);
    put_given(changes, "target", a.target);
    changes["arguments"] = pairs(a.build_args, a.secret_build_args, "--arg");
    changes["values"] = pairs(a.settings, a.secret_settings, "--set");
    if (!a.update_token.empty())
        changes["updateTriggerToken"] = to_base64(a.update_token);
    json::object made;
    made["type"] = "TaskRunRequest";
    made["taskId"] = a.name;
    made["overrideTaskStepProperties"] = std::move(changes);
    put_given(made, "agentPoolName", a.agent_pool);
    put_given(made, "logTemplate", a.log_template);
    return made;
}
}  // namespace acrx::cli::detail
#endif
