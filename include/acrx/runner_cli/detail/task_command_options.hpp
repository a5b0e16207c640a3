// Defines the commands that mirror `az acr task`, with az's names of options.
#ifndef ACRX_RUNNER_CLI_DETAIL_TASK_COMMAND_OPTIONS_HPP
#define ACRX_RUNNER_CLI_DETAIL_TASK_COMMAND_OPTIONS_HPP
// Only bodies include this: it brings CLI11.
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/option_words.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx::cli::detail {
/// `true` or `false` after the option; the option alone is true.
inline void add_choice(CLI::App& app, std::string const& names, std::optional<bool>& into, std::string const& text)
{
    auto const read = [names, &into](std::vector<std::string> const& given) {
        into = given.empty() || given.back().empty()
               || choose<bool>(names, given.back(), {{"true", true}, {"false", false}, {"True", true}, {"False", false}});
        return true;
    };
    app.add_option(names, read, text)->expected(0, 1)->type_name("true|false");
}

inline void add_authorities(CLI::App& app, std::filesystem::path& into)
{
    auto const read = [&into](std::string const& file) {
        check_authorities(file);
        into = file;
    };
    add_read(app, "--ca-file", "More certificate authorities to trust (PEM)", read)->type_name("FILE");
}

/// Any number of identities after the option, which may be given again; the option alone is the system's.
inline void add_identities(CLI::App& app, std::string const& name, std::vector<std::string>& into, std::string const& text)
{
    auto const read = [&into](std::vector<std::string> const& given) {
        for (auto const& each : given)  // CLI11 has taken brackets away
            into.push_back(each.empty() || each == "system" ? "[system]" : each == "all" ? "[all]" : each);
        if (given.empty())
            into.emplace_back("[system]");
    };
    app.add_option_function<std::vector<std::string>>(name, read, text)
        ->expected(0, CLI::detail::expected_max_vector_size)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("ID");
}

inline void add_client_options(CLI::App& app, client_options& o)
{
    app.add_option("--server", o.server, "URL of a server; else $ACRX_SERVER, else the one on the state folder, or the folder itself")
        ->type_name("URL");
    app.add_option("--token-file", o.token_file, "Token to show the server; else $ACRX_TOKEN")->type_name("FILE");
    add_authorities(app, o.ca_file);
    app.add_option("--home", o.home, "State folder; else $ACRX_HOME")->type_name("DIR");
    app.add_option("-r,--registry", o.registry, "Name of the registry in the API")->type_name("NAME");
    app.add_option("-g,--resource-group", o.group, "Name of its group")->type_name("NAME");
    add_read(app, "-o,--output", "How the result is shown: json or table",
             [&o](std::string const& word) {
                 o.format = choose<output_format>("-o", word, {{"json", output_format::json}, {"table", output_format::table}});
             })
        ->type_name("json|table");
}

inline CLI::App& add_command(CLI::App& parent, task_arguments& o, std::string const& name, std::string const& text)
{
    auto& app = *parent.add_subcommand(name, text);
    add_client_options(app, o.connection);
    return app;
}

inline CLI::Option* add_name(CLI::App& app, task_arguments& o)
{
    return app.add_option("-n,--name", o.name, "Name of the task")->type_name("NAME");
}

inline void add_step_options(CLI::App& app, task_arguments& o)
{
    app.add_option("-c,--context", o.context, "Where the files are: git URL, archive URL, oci://, /dev/null for none; for a run also a folder here, which is sent")->type_name("LOCATION");
    app.add_option("-f,--file", o.file, "Dockerfile or task file in the context; a task file of this machine for /dev/null")->type_name("FILE");
    add_list(app, "--arg", o.build_args, "Build argument; repeatable")->type_name("K=V");
    add_list(app, "--secret-arg", o.secret_build_args, "The same, shown nowhere; a bare name takes it from the environment; repeatable")
        ->type_name("K[=V]");
    app.add_option("--target", o.target, "Stage to build")->type_name("STAGE");
    add_list(app, "--set", o.settings, "Value of the task; repeatable")->type_name("K=V");
    add_list(app, "--set-secret", o.secret_settings, "The same, shown nowhere; a bare name takes it from the environment; repeatable")
        ->type_name("K[=V]");
    app.add_option("--agent-pool", o.agent_pool, "Pool whose limit counts")->type_name("NAME");
    app.add_option("--log-template", o.log_template, "Image to push the log to")->type_name("NAME:TAG");
}

inline void add_definition_options(CLI::App& app, task_arguments& o)
{
    add_name(app, o)->required();
    add_step_options(app, o);
    app.add_option("--cmd", o.command, "One command in a container; needs -c /dev/null")->type_name("COMMAND");
    add_list(app, "-t,--image", o.images, "Name of the image, may hold {{.Run.ID}}; repeatable")->type_name("NAME:TAG");
    add_choice(app, "--no-push", o.no_push, "Build only");
    add_choice(app, "--no-cache", o.no_cache, "Run every step anew");
    app.add_option("--values", o.values_file, "Values file in the context")->type_name("FILE");
    app.add_option("--git-access-token", o.git_token, "Token for the repository; others on this machine may see it: see the next")->type_name("TOKEN");
    app.add_option("--git-access-token-file", o.git_token_file, "File with the token; else $ACRX_GIT_ACCESS_TOKEN")->type_name("FILE");
    add_choice(app, "--commit-trigger-enabled", o.commit_trigger, "Run for commits");
    add_choice(app, "--pull-request-trigger-enabled", o.pull_request_trigger, "Run for pull requests");
    add_choice(app, "--base-image-trigger-enabled", o.base_image_trigger, "Run when a base image is new");
    app.add_option("--base-image-trigger-type", o.base_image_trigger_type, "Runtime or All")->type_name("TYPE");
    app.add_option("--update-trigger-endpoint", o.update_endpoint, "URL that is told of new base images")->type_name("URL");
    app.add_option("--update-trigger-payload-type", o.update_payload_type, "Default or Token")->type_name("TYPE");
    app.add_option("--status", o.status, "Enabled or Disabled")->type_name("STATUS");
    app.add_option("--platform", o.platform, "os/arch[/variant]; several, with commas, for images of a Dockerfile")->type_name("PLATFORM");
    app.add_option("--cpu", o.cpu, "Processors")->type_name("N");
    app.add_option("--timeout", o.timeout, "Of a run, 300 to 28800")->type_name("SECONDS");
    app.add_option("--auth-mode", o.auth_mode, "Default: log in to the home registry; None: do not")->type_name("MODE");
    app.add_option("--source-acr-auth-id", o.auth_identity, "Identity for the home registry: [system], an id, or none")->type_name("ID");
}

inline void add_definition_commands(CLI::App& task, task_arguments& o)
{
    auto& create = add_command(task, o, "create", "Store a task");
    add_definition_options(create, o);
    create.add_option("--source-trigger-name", o.source_trigger_name, "Name of the trigger for commits")->type_name("NAME");
    create.add_option("--base-image-trigger-name", o.base_image_trigger_name, "Name of the trigger for base images")->type_name("NAME");
    add_list(create, "--schedule", o.schedules, "CRON, or NAME:CRON, in UTC; repeatable")->type_name("SCHEDULE");
    add_identities(create, "--assign-identity", o.identities, "[system], which it is without a value, or ids of identities");
    create.add_flag("--is-system-task", o.is_system, "Hold the defaults of quick runs; its name is quicktask");
    auto& update = add_command(task, o, "update", "Change a stored task: what is not given stays");
    add_definition_options(update, o);
    auto& show = add_command(task, o, "show", "Show a task");
    add_name(show, o)->required();
    show.add_flag("--with-secure-properties", o.shows_secrets, "With its secrets");
    add_command(task, o, "list", "List the tasks");
    auto& remove = add_command(task, o, "delete", "Remove a task; its runs stay");
    add_name(remove, o)->required();
    remove.add_flag("-y,--yes", o.is_confirmed, "Do not ask");
}

inline CLI::Option* add_run_id(CLI::App& app, task_arguments& o)
{
    return app.add_option("--run-id", o.run_id, "Id of the run")->type_name("ID");
}

inline void add_run_commands(CLI::App& task, task_arguments& o)
{
    auto& run = add_command(task, o, "run", "Run a stored task now");
    add_name(run, o)->required();
    add_step_options(run, o);
    run.add_option("--update-trigger-token", o.update_token, "Handed through to the record")->type_name("TEXT");
    run.add_flag("--no-logs", o.no_logs, "Show the record when the run is over, not its log");
    run.add_flag("--no-wait", o.no_wait, "Show the record and return");
    run.add_flag("--no-format", o.no_format, "Accepted: logs are shown as they are");
    add_run_id(add_command(task, o, "cancel-run", "End a run"), o)->required();
    add_run_id(add_command(task, o, "show-run", "Show a run"), o)->required();
    auto& list = add_command(task, o, "list-runs", "List runs, newest first");
    add_name(list, o);
    list.add_option("--run-status", o.run_status, "Only of this status")->type_name("STATUS");
    add_list(list, "-t,--image", o.images, "Only those that pushed this image")->type_name("NAME");
    list.add_option("--top", o.top, "How many; else 15")->type_name("N");
    auto& update = add_command(task, o, "update-run", "Keep the log of a run for good, or not");
    add_run_id(update, o)->required();
    add_choice(update, "--no-archive", o.no_archive, "true: it goes when its time is up");
    auto& logs = add_command(task, o, "logs", "Show the log of a run, else of the last one");
    add_run_id(logs, o);
    add_name(logs, o);
    add_list(logs, "-t,--image", o.images, "Of the last run that pushed this image")->type_name("NAME");
    logs.add_flag("--no-format", o.no_format, "Accepted: logs are shown as they are");
}

inline CLI::App& add_part_command(CLI::App& parent, task_arguments& o, std::string const& name, std::string const& text)
{
    auto& app = add_command(parent, o, name, text);
    add_name(app, o)->required();
    return app;
}

inline void add_timer_commands(CLI::App& task, task_arguments& o)
{
    auto& timer = *task.add_subcommand("timer", "The timers of a task");
    for (auto const* word : {"add", "update"}) {
        auto& app = add_part_command(timer, o, word, std::string(word) == "add" ? "Add a timer" : "Change a timer");
        app.add_option("--timer-name", o.timer_name, "Name of the timer")->required()->type_name("NAME");
        auto* schedule = app.add_option("--schedule", o.schedule, "Cron expression, in UTC")->type_name("CRON");
        if (std::string(word) == "add")
            schedule->required();
        add_choice(app, "--enabled", o.is_timer_enabled, "Whether it fires");
    }
    add_part_command(timer, o, "remove", "Remove a timer")
        .add_option("--timer-name", o.timer_name, "Name of the timer")->required()->type_name("NAME");
    add_part_command(timer, o, "list", "List the timers");
}

inline void add_identity_commands(CLI::App& task, task_arguments& o)
{
    auto& identity = *task.add_subcommand("identity", "The identities of a task");
    for (auto const* word : {"assign", "remove"})
        add_identities(add_part_command(identity, o, word, std::string(word) == "assign" ? "Give a task identities" : "Take identities away"),
                       "--identities", o.identities, "[system], which it is without a value, [all], or ids of identities");
    add_part_command(identity, o, "show", "Show the identities");
}

inline void add_credential_commands(CLI::App& task, task_arguments& o)
{
    auto& credential = *task.add_subcommand("credential", "The logins of a task at other registries");
    for (auto const* word : {"add", "update", "remove"}) {
        auto& app = add_part_command(credential, o, word, "");
        app.description(std::string(word) == "add" ? "Add a login" : std::string(word) == "update" ? "Change a login" : "Remove a login");
        app.add_option("--login-server", o.login_server, "Host of the registry")->required()->type_name("HOST");
        if (std::string(word) == "remove")
            continue;
        app.add_option("-u,--username", o.user, "Name, or the URL of a vault's secret")->type_name("NAME");
        app.add_option("-p,--password", o.password, "Password, or the URL of a vault's secret; others on this machine may see it")->type_name("TEXT");
        app.add_option("--password-file", o.password_file, "File with the password; - is standard input")->type_name("FILE");
        app.add_option("--use-identity", o.use_identity, "[system] or a client id")->type_name("ID");
    }
    add_part_command(credential, o, "list", "List the logins");
}

inline void add_pool_commands(CLI::App& app, task_arguments& o)
{
    auto& pool = *app.add_subcommand("agentpool", "Pools: how many runs go on at once");
    auto const add = [&](std::string const& name, std::string const& text) -> CLI::App& {
        auto& one = add_command(pool, o, name, text);
        one.add_option("-n,--name", o.name, "Name of the pool")->required()->type_name("NAME");
        if (name != "show")
            one.add_flag("--no-wait", o.no_wait, "Accepted: a pool is there at once");
        return one;
    };
    auto& create = add("create", "Make a pool");
    create.add_option("--count", o.count, "How many runs at once, 0 for none; else 1")->type_name("N");
    create.add_option("--tier", o.tier, "Free text of the API; else S1")->type_name("TIER");
    create.add_option("--subnet-id", o.subnet, "Free text of the API")->type_name("ID");
    auto& update = add("update", "Change a pool; runs that go on stay");
    update.add_option("--count", o.count, "How many runs at once, 0 for none")->type_name("N");
    add("delete", "Remove a pool").add_flag("-y,--yes", o.is_confirmed, "Do not ask");
    add("show", "Show a pool").add_flag("--queue-count", o.shows_queue, "How many runs wait or go on in it");
    add_command(pool, o, "list", "List the pools");
}

inline void add_task_commands(CLI::App& app, task_arguments& o)
{
    auto& task = *app.add_subcommand("task", "Stored tasks and their runs");
    add_definition_commands(task, o);
    add_run_commands(task, o);
    add_timer_commands(task, o);
    add_identity_commands(task, o);
    add_credential_commands(task, o);
    add_pool_commands(app, o);
    auto& named = *app.add_subcommand("taskrun", "Runs that have a name");
    add_command(named, o, "list", "List them");
    for (auto const* word : {"show", "delete", "logs"}) {
        auto& one = add_command(named, o, word, std::string(word) == "show" ? "Show one" : std::string(word) == "delete" ? "Remove one" : "Show the log of its run");
        one.add_option("-n,--name", o.name, "Its name")->required()->type_name("NAME");
        if (std::string(word) == "delete")
            one.add_flag("-y,--yes", o.is_confirmed, "Do not ask");
        if (std::string(word) == "logs")
            one.add_flag("--no-format", o.no_format, "Accepted: logs are shown as they are");
    }
}
}  // namespace acrx::cli::detail
#endif
