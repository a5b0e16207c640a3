// Bodies of task_runner/basic_task_runner.hpp: from a request to a task that is ready to be run.
#ifndef ACRX_TASK_RUNNER_IMPL_BASIC_TASK_RUNNER_HPP
#define ACRX_TASK_RUNNER_IMPL_BASIC_TASK_RUNNER_HPP
#include <acrx/core/deadline.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/task_runner/detail/task_run.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/task/check_commands.hpp>
#include <acrx/task/render_task.hpp>
#include <acrx/task/task_template.hpp>
#include <acrx/task/values_file.hpp>
#include <acrx/task/workspace.hpp>
#include <acrx/task_runner/basic_task_runner.hpp>

#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx {
namespace detail {
/// A text file of a context; no link in it leads out of the context.
inline task_text read_task_text(build_context const& context, std::filesystem::path const& path,
                                std::string const& advice = "-f names the task file.")
{
    constexpr std::uint64_t most = task_file::max_text;
    beneath const root(context.root);
    auto const file = root.open_if_there(path.relative_path(), O_RDONLY, links::beneath);
    if (!file)
        throw error(errc::not_found, "'" + path.string() + "' does not exist in the context", advice);
    return {path.generic_string(), read_file("/proc/self/fd/" + std::to_string(file->get()), most)};
}

/// The settings of the caller win over those of the file.
inline void add_values_file(task_data& data, build_context const& context, std::filesystem::path const& path)
{
    auto const file = read_task_text(context, path, "--values names a file of the context.");
    for (auto& [name, value] : parse_values(file.text, file.name))
        data.values.emplace(name, value);
}

inline void fill_in(run_variables& run, build_context const& context, time_point now)
{
    if (run.date == time_point{})
        run.date = now;
    if (run.commit.empty())
        run.commit = commit_of(context.revision);
    if (run.branch.empty())
        run.branch = context.branch;
    if (run.shared_volume.empty())
        run.shared_volume = "acb_vol_" + run.id;
}

/// The Dockerfiles that steps name: below the root of the context, as far as they are written plainly.
inline std::vector<std::string> dockerfiles_of(task_file const& task)
{
    std::vector<std::string> paths;
    for (auto const& step : task.steps) {
        if (step.kind != step_kind::build)
            continue;
        auto const command = parse_build_command(step.command);
        auto const name = command.file.empty() ? command.context + "/Dockerfile" : command.file;
        auto const path = (std::filesystem::path(step.working_directory) / name).lexically_relative(workspace_path);
        paths.push_back(path.lexically_normal().generic_string());
    }
    return paths;
}

inline bool needs_copy(task_file const& task, build_context const& context)
{
    bool const writes = std::any_of(task.steps.begin(), task.steps.end(),
                                    [](task_step const& step) { return step.kind == step_kind::cmd; });
    return writes && !context.is_fetched;
}
}  // namespace detail

template<context_source C, image_builder B, container_executor E, registry_client R, snapshotter S, secret_resolver K,
         clock T, task_log L>
basic_task_runner<C, B, E, R, S, K, T, L>::basic_task_runner(state_folder state, C context, B builds, E executor,
                                                             R registry, S snapshots, K secrets, T clock, L log,
                                                             net::any_io_executor pool)
    : state_(std::move(state)), context_(std::move(context)), builder_(std::move(builds)),
      executor_(std::move(executor)), registry_(std::move(registry)), snapshots_(std::move(snapshots)),
      secrets_(std::move(secrets)), clock_(std::move(clock)), log_(std::move(log)), pool_(std::move(pool))
{}

template<context_source C, image_builder B, container_executor E, registry_client R, snapshotter S, secret_resolver K,
         clock T, task_log L>
net::awaitable<void> basic_task_runner<C, B, E, R, S, K, T, L>::resolve_secrets(
    std::vector<secret_definition> definitions, task_data& data)
{
    auto const resolve = [](K& secrets, secret_definition definition, task_data& to) -> net::awaitable<void> {
        secret_reference reference{definition.keyvault, definition.client_id};
        auto operation = secrets.resolve(std::move(reference));
        std::string value;
        try {
            value = co_await with_deadline(std::move(operation), std::chrono::seconds(120), "it does not answer");
        } catch (error const& e) {
            throw error(e.code(), "secret '" + definition.id + "': " + e.doing(), e.advice());
        }
        to.secrets.insert_or_assign(definition.id, std::move(value));
    };
    std::vector<net::awaitable<void>> all;
    for (auto const& definition : definitions)
        if (!data.secrets.contains(definition.id))
            all.push_back(resolve(secrets_, definition, data));
    co_await when_all(std::move(all), 5);
}

template<context_source C, image_builder B, container_executor E, registry_client R, snapshotter S, secret_resolver K,
         clock T, task_log L>
net::awaitable<prepared_task> basic_task_runner<C, B, E, R, S, K, T, L>::prepare(task_request request,
                                                                                 std::filesystem::path scratch)
{
    prepared_task ready;
    ready.context = co_await context_.fetch(scratch);
    if (auto* task = std::get_if<task_file>(&request.task)) {
        ready.task = finish_task(std::move(*task), request.env);
        check_commands(ready.task);
        ready.hidden = hidden_texts(request.data);
        co_return ready;
    }
    auto const* path = std::get_if<task_path>(&request.task);
    auto const file = path ? detail::read_task_text(ready.context, path->path) : std::get<task_text>(request.task);
    auto& data = request.data;
    if (!request.values_file.empty())
        detail::add_values_file(data, ready.context, request.values_file);
    detail::fill_in(data.run, ready.context, clock_.now());

    auto const text = split_task(file.text, file.name);
    alias_files loader(ready.context.root);
    auto const aliases = co_await load_aliases(text, data, loader);
    if (text.mentions_secrets) {
        auto definitions = find_secrets(text, data, aliases);
        if (request.reads_secrets)
            co_await resolve_secrets(std::move(definitions), data);
        else
            for (auto const& definition : definitions)
                data.secrets.try_emplace(definition.id, "***");
    }
    auto const rendered = render_task(text, data, aliases);
    ready.hidden = rendered.hidden;
    ready.text = rendered.body.text;
    if (!request.only_text)
        ready.task = parse_task(rendered, request.env);
    co_return ready;
}

template<context_source C, image_builder B, container_executor E, registry_client R, snapshotter S, secret_resolver K,
         clock T, task_log L>
net::awaitable<task_result> basic_task_runner<C, B, E, R, S, K, T, L>::run(task_request request)
{
    auto const started = clock_.now();
    co_await executor_.reap();
    remove_abandoned(state_.temporary());
    scratch_folder scratch(state_.temporary(), "run");
    auto const unique = scratch.path().filename().string();
    auto& id = request.data.run.id;
    if (id.empty())
        id = unique;
    auto const ready = co_await prepare(request, scratch.get() / "context");
    shared_folders shared{.workspace = ready.context.root,
                          .home = scratch.get() / "home",
                          .volumes = scratch.get() / "volumes",
                          .workspace_name = request.data.run.shared_volume,
                          .engine_socket = request.engine_socket};
    if (shared.workspace_name.empty())
        shared.workspace_name = "acb_vol_" + id;
    if (detail::needs_copy(ready.task, ready.context)) {
        shared.workspace = scratch.get() / "workspace";
        auto const always = detail::dockerfiles_of(ready.task);
        auto copy = [&](std::stop_token stop) { copy_context(ready.context, always, shared.workspace, stop); };
        co_await offload(pool_, copy);
    }
    oci_layout store(state_.root());
    task_sink tell = [this](task_event const& event) { log_(event); };
    std::function<time_point()> now = [this] { return clock_.now(); };
    detail::task_parts<B, E, R, S> parts{state_, store, builder_, executor_, registry_, snapshots_, pool_, tell, now};
    detail::task_run<B, E, R, S> run(parts, request, ready, std::move(shared),
                                         id == unique ? unique : id + unique.substr(unique.find('.')));
    auto result = co_await run.run();
    result.started = started;
    result.ended = clock_.now();
    co_return result;
}
}  // namespace acrx
#endif
