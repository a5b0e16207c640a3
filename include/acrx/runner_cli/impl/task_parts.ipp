// Bodies of runner_cli/detail/task_conversation.hpp: timers, credentials and identities of a task.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_PARTS_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_PARTS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/runner_cli/detail/task_conversation.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/detail/task_tables.hpp>

#include <algorithm>
#include <utility>

namespace acrx::cli::detail {
inline bool is_named(json::value const& each, std::string const& name)
{
    return ascii_lower(text_at(each, "/name")) == ascii_lower(name);
}

inline net::awaitable<exit_status> task_conversation::show_part(std::string kind, std::string pointer)
{
    std::string method = "GET";
    auto const task = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name));
    json::error_code missing;
    auto const* part = task.body.find_pointer(pointer, missing);
    if (part && part->is_array())
        print_list(kind, part->get_array());
    else
        print(kind, part ? *part : json::value(json::object()));
    co_return exit_status::success;
}

/// @throws error as az says it
inline void check_has_timers(std::string const& task, json::array const& timers)
{
    if (timers.empty())
        throw error(errc::not_found, "No triggers exist for the task '" + task + "'");
}

inline net::awaitable<exit_status> task_conversation::edit_timer()
{
    auto const known = co_await task_with_secrets();
    auto const timers = list_at(known, "/properties/trigger/timerTriggers");
    auto const is_there = std::any_of(timers.begin(), timers.end(), [&](auto const& each) { return is_named(each, a_.timer_name); });
    auto const adds = a_.verb == "task timer add";
    if (!adds)
        check_has_timers(a_.name, timers);
    if (adds && is_there)
        throw usage_error("the task '" + a_.name + "' has a timer '" + a_.timer_name + "' already", "Change it with: acrx-runner task timer update");
    if (!adds && !is_there)
        throw error(errc::not_found, "the task '" + a_.name + "' has no timer '" + a_.timer_name + "'");
    json::object timer;
    timer["name"] = a_.timer_name;
    if (a_.schedule)
        timer["schedule"] = *a_.schedule;
    if (adds || a_.is_timer_enabled)
        timer["status"] = a_.is_timer_enabled.value_or(true) ? "Enabled" : "Disabled";
    json::object triggers;
    triggers["timerTriggers"] = json::array{std::move(timer)};
    json::object inner;
    inner["trigger"] = std::move(triggers);
    json::object changes;
    changes["properties"] = std::move(inner);
    std::string method = "PATCH";
    auto const answer = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name), std::string(), std::move(changes));
    print("task", answer.body);
    co_return exit_status::success;
}

/// A change cannot remove a trigger, so the task is stored anew.
inline net::awaitable<exit_status> task_conversation::remove_timer()
{
    auto task = co_await task_with_secrets();
    auto timers = list_at(task, "/properties/trigger/timerTriggers");
    check_has_timers(a_.name, timers);
    auto const found = std::find_if(timers.begin(), timers.end(), [&](auto const& each) { return is_named(each, a_.timer_name); });
    if (found == timers.end())
        throw error(errc::not_found, "the task '" + a_.name + "' has no timer '" + a_.timer_name + "'");
    timers.erase(found);
    task.as_object()["properties"].as_object()["trigger"].as_object()["timerTriggers"] = std::move(timers);
    std::string method = "PUT";
    auto const answer = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name), std::string(), std::move(task.as_object()));
    print("task", answer.body);
    co_return exit_status::success;
}

inline json::array credentials_of(json::value const& task)
{
    json::array list;
    json::error_code missing;
    auto const* all = task.find_pointer("/properties/credentials/customRegistries", missing);
    if (!all || !all->is_object())
        return list;
    for (auto const& [server, login] : all->get_object()) {
        json::object one;
        one["loginServer"] = server;
        for (auto const& [name, value] : login.as_object())
            if (name != "password")
                one[name] = value;
        list.push_back(std::move(one));
    }
    return list;
}

inline net::awaitable<exit_status> task_conversation::list_credentials()
{
    std::string method = "GET";
    auto const task = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name));
    print_list("credential", credentials_of(task.body));
    co_return exit_status::success;
}

inline json::value login_of(task_arguments const& a)
{
    json::object login;
    if (a.user)
        login["userName"] = credential_of(*a.user);
    if (a.password || !a.password_file.empty())
        login["password"] = credential_of(a.password ? *a.password : secret_in(a.password_file));
    if (a.use_identity)
        login["identity"] = *a.use_identity;
    if (login.empty())
        throw usage_error(a.verb + ": a login needs -u and -p, or --use-identity");
    return login;
}

inline net::awaitable<exit_status> task_conversation::edit_credential()
{
    std::string method = "GET";
    auto const task = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name));
    auto const known = credentials_of(task.body);
    auto const is_it = [&](json::value const& each) { return ascii_lower(text_at(each, "/loginServer")) == ascii_lower(a_.login_server); };
    auto const is_there = std::any_of(known.begin(), known.end(), is_it);
    if (a_.verb == "task credential add" && is_there)
        throw usage_error("Login server '" + a_.login_server + "' already exists. You cannot add it again.");
    if (a_.verb != "task credential add" && !is_there)
        throw error(errc::not_found, "Login server '" + a_.login_server + "' not found.");
    json::object registries;
    registries[a_.login_server] = a_.verb == "task credential remove" ? json::value() : login_of(a_);
    json::object credentials;
    credentials["customRegistries"] = std::move(registries);
    json::object inner;
    inner["credentials"] = std::move(credentials);
    json::object changes;
    changes["properties"] = std::move(inner);
    method = "PATCH";
    auto const answer = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name), std::string(), std::move(changes));
    print_list("credential", credentials_of(answer.body));
    co_return exit_status::success;
}

/// The identity after `assign`, which replaces, or `remove`; those that go are null.
inline json::object changed_identity(json::value const& known, task_arguments const& a)
{
    auto const removes = a.verb == "task identity remove";
    auto const names = [&](std::string_view word) { return std::find(a.identities.begin(), a.identities.end(), word) != a.identities.end(); };
    if (names("[all]") && a.identities.size() > 1)
        throw usage_error("Cannot specify additional identities when [all] is used in [--identities]");
    auto const type = text_at(known, "/identity/type");
    bool has_system = type.starts_with("SystemAssigned");
    json::object users;
    std::size_t left = 0;
    json::error_code missing;
    if (auto const* all = known.find_pointer("/identity/userAssignedIdentities", missing); all && all->is_object())
        for (auto const& [id, user] : all->get_object()) {
            auto const stays = removes && !names(id) && !names("[all]");
            users[id] = stays ? user : json::value();
            left += stays ? 1U : 0U;
        }
    if (removes) {
        has_system = has_system && !names("[system]") && !names("[all]") && !a.identities.empty();
    } else {
        has_system = a.identities.empty() || names("[system]");
        for (auto const& each : a.identities)
            if (each != "[system]") {
                users[each] = json::object();
                ++left;
            }
    }
    json::object made;
    made["type"] = left == 0 ? (has_system ? "SystemAssigned" : "None") : has_system ? "SystemAssigned, UserAssigned" : "UserAssigned";
    if (!users.empty())
        made["userAssignedIdentities"] = std::move(users);
    return made;
}

inline net::awaitable<exit_status> task_conversation::edit_identity()
{
    std::string method = "GET";
    auto const task = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name));
    json::object changes;
    changes["identity"] = changed_identity(task.body, a_);
    method = "PATCH";
    auto const answer = co_await client_.ask(std::move(method), "tasks/" + percent_encode(a_.name), std::string(), std::move(changes));
    json::error_code missing;
    auto const* identity = answer.body.find_pointer("/identity", missing);
    print("identity", identity ? *identity : json::value(json::object()));
    co_return exit_status::success;
}
}  // namespace acrx::cli::detail
#endif
