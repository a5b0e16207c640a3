// Bodies of runner_cli/detail/run_task_request.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUN_TASK_REQUEST_IPP
#define ACRX_RUNNER_CLI_IMPL_RUN_TASK_REQUEST_IPP
#include <acrx/runner_cli/detail/run_task_request.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task/run_variables.hpp>
#include <acrx/task/values_file.hpp>
#include <acrx/templating/template.hpp>

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace acrx::cli::detail {
/// `.Run` as far as it is known before the context is fetched.
inline run_variables variables_of(run_order const& order, std::string const& registry)
{
    run_variables run;
    run.id = order.record.id;
    run.registry = registry;
    run.date = order.record.created;
    run.task_name = order.record.task;
    run.triggered_by = kind_name(order.record.cause.event);
    auto const& what = order.record.cause.event.what;
    if (auto const* push = std::get_if<git_push>(&what)) {
        run.commit = push->commit;
        run.branch = push->branch;
        run.git_tag = push->tag;
        run.repository = push->repository_url;
    } else if (auto const* request = std::get_if<pull_request>(&what)) {
        run.commit = request->commit;
        run.branch = request->source_branch;
        run.repository = request->repository_url;
    }
    return run;
}

inline void add_values(task_data& data, std::vector<named_value> const& values)
{
    for (auto const& value : values) {
        if (value.is_secret)
            data.hidden_values.insert(value.name);
        data.values.insert_or_assign(value.name, templating::value(value.value));
    }
}

/// Adds an option with a value that the command reads as one word, whatever it is.
inline void add_option(std::string& command, std::string const& option, std::string const& value)
{
    if (!value.empty())
        command += " " + option + " " + shell_quoted(value);
}

/// A build as a task: what it is called is known before it runs, as its pushes need the names.
inline task_file task_of(docker_step const& step, task_data const& data)
{
    task_step build{.id = "build", .kind = step_kind::build, .timeout = std::chrono::hours(8)};
    task_step push{.id = "push", .kind = step_kind::push, .when = {"build"}, .timeout = std::chrono::hours(1)};
    std::vector<std::string> given;
    for (auto const& image : step.images)
        given.push_back(templating::render(image, to_template_value(data)));
    auto const names = resolve_names(given, data.run.registry);
    for (auto const& name : names.local_names)
        add_option(build.command, "-t", familiar(name));
    for (auto const& name : names.push_to) {
        add_option(build.command, "-t", to_string(name));
        push.images.push_back(to_string(name));
    }
    add_option(build.command, "-f", step.dockerfile);
    add_option(build.command, "--target", step.target);
    for (auto const& platform : step.platforms)
        add_option(build.command, "--platform", platform);
    for (auto const& argument : step.arguments) {
        add_option(build.command, "--build-arg", argument.name);  // its value stays out of what is shown of the step
        build.env.push_back(argument.name + "=" + argument.value);
    }
    build.command += step.no_cache ? " --no-cache ." : " .";
    task_file task;
    task.file = "Dockerfile";
    task.steps.push_back(std::move(build));
    if (step.is_push_enabled && !push.images.empty())
        task.steps.push_back(std::move(push));
    return task;
}

ACRX_DECL task_options options_of_run(task_options common, run_order const& order, std::filesystem::path const& secrets)
{
    auto const& request = order.request;
    common.id = order.record.id;
    if (!request.overrides.registry.empty())
        common.connection.registry = request.overrides.registry;
    common.connection.no_cache = request.overrides.no_cache;
    common.timeout = request.timeout;
    common.context = request.context.empty() ? "/dev/null" : request.context;
    common.connection.platform = acrx::to_string(request.platform);
    if (!order.upload.empty()) {
        common.context = order.upload.string();
    } else {
        auto const where = parse_location(common.context);
        if (std::holds_alternative<local_location>(where) || std::holds_alternative<input_location>(where))
            throw error(errc::invalid_argument, "fetching the context of the run: it names nothing that the runner may read",
                        "Upload it, or name a repository, a tarball, an OCI artifact or /dev/null.");
    }
    if (!request.context_token.empty()) {
        auto const file = secrets / "token";
        write_file(file, request.context_token, durability::cached, 0600);
        common.connection.git_access_token_file = file;
    }
    return common;
}

ACRX_DECL task_request request_of_run(run_order const& order, task_options const& options)
{
    task_request request;
    auto& data = request.data;
    data.run = variables_of(order, registry_host(options.connection.registry));
    request.platform = normalize(order.request.platform);
    request.building.platform = request.platform;
    request.building.build_platform = host_platform();
    auto const& overrides = order.request.overrides;
    request.building.no_cache = overrides.no_cache;
    request.env = overrides.environment;
    if (!overrides.id.empty())
        data.run.id = overrides.id;
    auto const& what = order.request.what;
    if (auto const* docker = std::get_if<docker_step>(&what)) {
        request.task = task_of(*docker, data);
    } else if (auto const* file = std::get_if<file_step>(&what)) {
        request.task = task_path{file->task_file};
        request.values_file = file->values_file;
        add_values(data, file->values);
    } else if (auto const* text = std::get_if<text_step>(&what)) {
        request.task = task_text{"task.yaml", text->task};
        if (!text->values.empty())
            data.values = parse_values(text->values, "values.yaml");
        add_values(data, text->named_values);
    } else {
        throw error(errc::invalid_argument, "carrying out a run that names a task and no step");
    }
    return request;
}

ACRX_DECL acrx::run_outcome to_outcome(task_result result)
{
    acrx::run_outcome outcome{.succeeded = result.succeeded};
    for (auto const& step : result.steps)
        if (step.status == step_status::failed && outcome.error.empty())
            outcome.error = "failed to run step ID: " + step.id + ": " + step.error;
    if (!result.succeeded && outcome.error.empty())
        outcome.error = result.is_canceled ? "the run was stopped" : "a step failed";
    for (auto const& name : result.pushed)
        outcome.outputs.push_back({name.domain, name.path, name.tag, name.digest});
    outcome.dependencies = std::move(result.dependencies);
    outcome.commit = std::move(result.commit);
    return outcome;
}
}  // namespace acrx::cli::detail
#endif
