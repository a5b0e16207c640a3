// Bodies of runner_cli/detail/task_conversation.hpp: tasks and runs.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_CONVERSATION_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_CONVERSATION_IPP
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/remote_command.hpp>
#include <acrx/core/byte_sink.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/remote/context_parcel.hpp>
#include <acrx/remote/send_context.hpp>
#include <acrx/runner_cli/detail/task_conversation.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/detail/task_tables.hpp>

#include <unistd.h>

#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::cli::detail {
inline std::string task_path(std::string const& name)
{
    return "tasks/" + percent_encode(name);
}

inline void task_conversation::print(std::string_view kind, json::value const& one)
{
    if (a_.connection.format == output_format::table)
        streams_.out.write(table_of(kind, {one}));
    else
        streams_.out.write(pretty_json(one));
}

inline void task_conversation::print_list(std::string_view kind, json::array const& items)
{
    if (a_.connection.format == output_format::table)
        streams_.out.write(table_of(kind, items));
    else
        streams_.out.write(pretty_json(items));
}

inline net::awaitable<json::value> task_conversation::task_with_secrets()
{
    std::string method = "POST";
    auto answer = co_await client_.ask(std::move(method), task_path(a_.name) + "/listDetails");
    co_return std::move(answer.body);
}

inline net::awaitable<exit_status> task_conversation::create()
{
    auto document = created_task(a_);
    std::string method = "PUT";
    auto path = task_path(a_.name);
    auto const answer = co_await client_.ask(std::move(method), std::move(path), std::string(), std::move(document));
    print("task", answer.body);
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::update()
{
    auto const known = co_await task_with_secrets();
    auto changes = updated_task(a_, known);
    std::string method = "PATCH";
    auto path = task_path(a_.name);
    auto const answer = co_await client_.ask(std::move(method), std::move(path), std::string(), std::move(changes));
    print("task", answer.body);
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::show(std::string kind, std::string rest, std::string method)
{
    auto const answer = co_await client_.ask(std::move(method), std::move(rest));
    print(kind, answer.body);
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::list(std::string kind, std::string rest, std::string query)
{
    std::string method = "GET";
    auto const answer = co_await client_.ask(std::move(method), std::move(rest), std::move(query));
    print_list(kind, list_at(answer.body, "/value"));
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::remove(std::string what, std::string rest)
{
    if (!a_.is_confirmed) {
        if (::isatty(0) == 0)
            throw usage_error(a_.verb + ": nobody is there to confirm it", "Give --yes.");
        streams_.err.write("Are you sure you want to delete the " + what + " '" + a_.name + "' (y/n): ");
        std::string word;
        std::getline(std::cin, word);
        if (word != "y" && word != "Y" && word != "yes")
            throw error(errc::canceled, "deleting the " + what);
    }
    std::string method = "DELETE";
    auto const answer = co_await client_.ask(std::move(method), std::move(rest));
    if (answer.status == 204)
        throw error(errc::not_found, "there is no " + what + " '" + a_.name + "'");
    co_return exit_status::success;
}

inline net::awaitable<void> task_conversation::print_log(std::string run_id, bool is_shown)
{
    byte_sink sink = [this, is_shown](std::span<std::byte const> bytes) -> net::awaitable<void> {
        if (is_shown)
            streams_.out.write({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
        co_return;
    };
    co_await client_.runner().follow_log(std::move(run_id), std::move(sink));
}

/// Sends the folder or archive of this machine that `--context` names, and gives what the server calls it.
inline net::awaitable<std::string> task_conversation::send_context_of_run()
{
    std::error_code failed;
    std::filesystem::path const root = *a_.context;
    context_parcel parcel{.root = std::filesystem::canonical(root)};
    if (std::filesystem::is_directory(root, failed)) {
        std::string method = "GET";
        auto const task = co_await client_.ask(std::move(method), task_path(a_.name));
        auto const dockerfile = text_at(task.body, "/properties/step/dockerFilePath");
        auto const file = a_.file.value_or(dockerfile.empty() ? text_at(task.body, "/properties/step/taskFilePath") : dockerfile);
        std::vector<std::string> kept{file, text_at(task.body, "/properties/step/valuesFilePath")};
        std::erase(kept, std::string());
        parcel = parcel_of_folder(parcel.root, dockerfile.empty() ? dockerfile : file, std::move(kept));
    }
    auto pool = client_.pool();
    auto sent = co_await send_context(client_.runner(), std::move(parcel), std::move(pool));
    streams_.err.write("Sent " + to_size_text(sent.sent) + " of a context of " + to_size_text(sent.size) + "\n");
    co_return std::move(sent.relative_path);
}

inline net::awaitable<exit_status> task_conversation::run_now()
{
    auto request = run_of_task(a_);
    bool const is_here = names_context_here(a_);
    if (is_here) {
        auto const place = co_await send_context_of_run();
        request["overrideTaskStepProperties"].as_object()["contextPath"] = place;
    }
    std::string method = "POST";
    std::string path = "scheduleRun";
    auto const queued = co_await client_.ask(std::move(method), std::move(path), std::string(), std::move(request));
    auto const id = text_at(queued.body, "/name");
    streams_.err.write("Queued a run with ID: " + id + "\n");
    if (a_.no_wait || client_.is_offline()) {
        if (!a_.no_wait)
            streams_.err.write("It begins when a server works on this state folder: acrx-runner serve\n");
        print("run", queued.body);
        co_return exit_status::success;
    }
    auto const shown = !a_.no_logs;
    co_await print_log(id, shown);
    method = "GET";
    auto const ended = co_await client_.ask(std::move(method), "runs/" + id);
    if (a_.no_logs)
        print("run", ended.body);
    co_return status_of_run(text_at(ended.body, "/properties/status"));
}

inline net::awaitable<exit_status> task_conversation::cancel()
{
    std::string method = "POST";
    co_await client_.ask(std::move(method), "runs/" + percent_encode(a_.run_id) + "/cancel");
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::keep_log()
{
    if (!a_.no_archive)
        throw usage_error("task update-run: --no-archive is missing");
    json::object changes;
    changes["isArchiveEnabled"] = !*a_.no_archive;
    std::string method = "PATCH";
    auto const answer = co_await client_.ask(std::move(method), "runs/" + percent_encode(a_.run_id), std::string(), std::move(changes));
    print("run", answer.body);
    co_return exit_status::success;
}

/// The `$filter` of the options that choose runs.
inline std::string task_conversation::run_filter() const
{
    std::string text;
    auto const add = [&](std::string const& condition) { text += (text.empty() ? "" : " and ") + condition; };
    auto const quoted = [](std::string const& value) {
        std::string inner;
        for (char const c : value)
            inner += c == '\'' ? std::string("''") : std::string(1, c);
        return "'" + inner + "'";
    };
    if (!a_.name.empty())
        add("TaskName eq " + quoted(a_.name));
    if (!a_.run_status.empty())
        add("Status eq " + quoted(a_.run_status));
    for (auto const& image : a_.images)
        add("contains(OutputImageManifests, " + quoted(image) + ")");
    return text.empty() ? text : "&%24filter=" + percent_encode(text);
}

inline net::awaitable<exit_status> task_conversation::show_log()
{
    auto id = a_.run_id;
    if (id.empty()) {
        std::string method = "GET";
        std::string path = "runs";
        auto const newest = co_await client_.ask(std::move(method), std::move(path), run_filter() + "&%24top=1");
        auto const runs = list_at(newest.body, "/value");
        if (runs.empty())
            throw error(errc::not_found, "there is no such run");
        id = text_at(runs[0], "/name");
        streams_.err.write("Showing logs of the last created run.\nRun ID: " + id + "\n");
    }
    co_await print_log(std::move(id), true);
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::show_log_of_named_run()
{
    std::string method = "GET";
    auto const named = co_await client_.ask(std::move(method), "taskRuns/" + percent_encode(a_.name));
    auto id = text_at(named.body, "/properties/runResult/name");
    co_await print_log(std::move(id), true);
    co_return exit_status::success;
}

ACRX_DECL net::awaitable<exit_status> task_conversation::run()
{
    auto const task = task_path(a_.name);
    auto const run = "runs/" + percent_encode(a_.run_id);
    auto const named = "taskRuns/" + percent_encode(a_.name);
    auto const pool = "agentPools/" + percent_encode(a_.name);
    std::map<std::string_view, std::function<net::awaitable<exit_status>()>> const verbs{
        {"task create", [&] { return create(); }},
        {"task update", [&] { return update(); }},
        {"task show", [&] { return a_.shows_secrets ? show("task", task + "/listDetails", "POST") : show("task", task); }},
        {"task list", [&] { return list("task", "tasks"); }},
        {"task delete", [&] { return remove("task", task); }},
        {"task run", [&] { return run_now(); }},
        {"task cancel-run", [&] { return cancel(); }},
        {"task show-run", [&] { return show("run", run); }},
        {"task list-runs", [&] { return list("run", "runs", run_filter() + "&%24top=" + std::to_string(a_.top)); }},
        {"task update-run", [&] { return keep_log(); }},
        {"task logs", [&] { return show_log(); }},
        {"task timer add", [&] { return edit_timer(); }},
        {"task timer update", [&] { return edit_timer(); }},
        {"task timer remove", [&] { return remove_timer(); }},
        {"task timer list", [&] { return show_part("timer", "/properties/trigger/timerTriggers"); }},
        {"task identity assign", [&] { return edit_identity(); }},
        {"task identity remove", [&] { return edit_identity(); }},
        {"task identity show", [&] { return show_part("identity", "/identity"); }},
        {"task credential add", [&] { return edit_credential(); }},
        {"task credential update", [&] { return edit_credential(); }},
        {"task credential remove", [&] { return edit_credential(); }},
        {"task credential list", [&] { return list_credentials(); }},
        {"taskrun list", [&] { return list("taskrun", "taskRuns"); }},
        {"taskrun show", [&] { return show("taskrun", named); }},
        {"taskrun delete", [&] { return remove("task run", named); }},
        {"taskrun logs", [&] { return show_log_of_named_run(); }},
        {"agentpool create", [&] { return create_pool(); }},
        {"agentpool update", [&] { return update_pool(); }},
        {"agentpool list", [&] { return list("agentpool", "agentPools"); }},
        {"agentpool show", [&] { return a_.shows_queue ? show("queue", pool + "/listQueueStatus", "POST") : show("agentpool", pool); }},
        {"agentpool delete", [&] { return remove("agent pool", pool); }},
    };
    auto const found = verbs.find(a_.verb);
    if (found == verbs.end())
        throw error(errc::not_supported, "acrx-runner " + a_.verb);
    auto started = found->second();
    auto const status = co_await std::move(started);
    co_return status;
}
}  // namespace acrx::cli::detail
#endif
