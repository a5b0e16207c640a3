// What build and push steps of a task do.
#ifndef ACRX_TASK_RUNNER_IMPL_TASK_STEPS_HPP
#define ACRX_TASK_RUNNER_IMPL_TASK_STEPS_HPP
#include <acrx/build/push_image.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/stored_image.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task_runner/detail/task_run.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/build_order.hpp>
#include <acrx/task/step_cache.hpp>
#include <acrx/task/workspace.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// An image as the report names it.
inline image_dependency dependency_on(reference name)
{
    auto const id = std::exchange(name.digest, {});
    auto dependency = parse_image_dependency(familiar(name));
    dependency.digest = id.str();
    return dependency;
}

inline std::vector<image_dependencies> dependencies_of(quick_result const& built, std::vector<reference> const& names,
                                                       std::string const& revision)
{
    image_dependencies one{.image = {}, .runtime = parse_image_dependency("scratch"), .git_head_revision = revision};
    if (built.depends_on.runtime)
        one.runtime = dependency_on(*built.depends_on.runtime);
    for (auto const& name : built.depends_on.buildtime)
        one.buildtime.push_back(dependency_on(name));
    std::vector<image_dependencies> all;
    for (auto name : names) {
        name.digest = built.image.digest;
        one.image = dependency_on(std::move(name));
        all.push_back(one);
    }
    if (names.empty())
        all.push_back(std::move(one));
    return all;
}

/// The files that `--iidfile` and `--metadata-file` name.
inline void write_result_files(build_order const& order, quick_result const& made)
{
    if (!order.id_file.empty())
        write_file(order.id_file, (made.config.empty() ? made.image.digest : made.config).str());
    if (order.metadata_file.empty())
        return;
    std::string names;
    for (auto const& name : order.names)
        names += (names.empty() ? "" : ",") + to_string(name);
    boost::json::object facts{{"containerimage.digest", made.image.digest.str()}, {"image.name", names}};
    if (!made.config.empty())
        facts["containerimage.config.digest"] = made.config.str();
    write_file(order.metadata_file, boost::json::serialize(facts));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
location task_run<B, E, R, S>::context_of(task_step const& step, std::string const& written) const
{
    auto where = parse_location(written);
    if (std::holds_alternative<input_location>(where))
        throw error(errc::not_supported, "build: '-' is no context in a task", "Name a folder of the workspace, or a URL.");
    if (auto* local = std::get_if<local_location>(&where))
        local->path = place_of(step, local->path.string());
    return where;
}

/// What a path of a build step stands for: a file of one of its volumes, of the shared home, or of the workspace.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
std::filesystem::path task_run<B, E, R, S>::place_of(task_step const& step, std::string const& path) const
{
    for (auto const& mount : step.mounts)
        if (auto found = path_in_folder(shared_.volumes / mount.volume, mount.path, step.working_directory, path))
            return *found;
    if (auto found = path_in_folder(shared_.home, home_path, step.working_directory, path))
        return *found;
    return path_in_workspace(shared_.workspace, step.working_directory, path);
}

/// `cache: enabled`: layers are found in and saved to an image of the registry.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::use_shared_cache(task_step const& step, build_request& request)
{
    auto const tags = parse_build_command(step.command).tags;
    auto const cache = find_step_cache(tags, step.id, request_.data.run.task_name, request_.data.run.registry);
    if (cache.reference.empty())
        return note("step " + step.id + ": " + cache.problem, build_note::severity::warning);
    shared_cache const place{.name = parse_reference(cache.reference), .all_steps = true};
    request.cache_from.push_back(place);
    request.cache_to.push_back(place);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::build_image(attempt& now)
{
    auto const& step = step_at(now.step);
    auto const place = [&](std::string const& path) { return place_of(step, path); };
    auto order = make_build_order(step, parse_build_command(step.command), request_.building, place);
    auto where = context_of(step, order.context);
    bool const is_local = std::holds_alternative<local_location>(where);
    quick_request request;
    request.build = std::move(order.request);
    request.platforms = order.platforms;
    if (step.cache)
        use_shared_cache(step, request.build);
    request.fetching = request_.fetching;
    request.dockerfile = order.dockerfile;
    if (is_local && !order.dockerfile.empty())
        request.dockerfile = place(order.dockerfile.string());
    if (!is_local)
        request.context_location = redacted(where);
    (order.push ? request.push_to : request.local_names) = order.names;
    request.outputs = order.outputs;
    progress_sink tell = [this, number = now.step, &now](progress_event const& event) {
        if (auto const* output = std::get_if<work_output>(&event); output && !step_at(number).retry_on_errors.empty())
            now.printed += output->bytes;
        parts_.log(step_built{number, event});
    };
    auto const made = co_await parts_.builder.build(std::move(request), std::move(where), std::move(tell));
    write_result_files(order, made);
    for (auto const& name : order.names)
        built_.insert_or_assign(to_string(name), made.made);
    dependencies_.insert_or_assign(now.step, dependencies_of(made, order.names, is_local ? result_.commit : commit_of(made.revision)));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::push_images(attempt& now)
{
    std::exception_ptr failure;
    try {
        for (auto const& text : step_at(now.step).images)
            co_await push_patiently(text);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure && is_interruption(failure))
        std::rethrow_exception(failure);
    if (failure)
        throw error(errc::step_failed, "failed to push images successfully: " + text_of(failure));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::push_patiently(std::string const& text)
{
    constexpr std::chrono::milliseconds first_delay{250};
    auto const name = parse_reference(text);
    auto const image = find_built(name);
    for (int tries = 1;; ++tries) {
        std::exception_ptr failure;
        try {
            co_await push_image(image, name);
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure)
            co_return;
        if (tries == 3 || is_interruption(failure))
            std::rethrow_exception(failure);
        note("pushing " + text + ": " + hide(text_of(failure)) + "; trying again");
        net::steady_timer delay(co_await net::this_coro::executor, first_delay * (1 << tries));
        co_await delay.async_wait(net::use_awaitable);
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::push_image(finished_build const& build, reference name)
{
    co_await acrx::push_image(parts_.registry, layers_, build, name);
    parts_.store.tag(name, build.top());
    note("pushed " + familiar(name) + "@" + build.top().digest.str());
    name.digest = build.top().digest;
    result_.pushed.push_back(std::move(name));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
finished_build task_run<B, E, R, S>::find_built(reference const& name) const
{
    if (auto const built = built_.find(to_string(name)); built != built_.end())
        return built->second;
    if (auto stored = stored_image(parts_.store, name))
        return std::move(*stored);
    throw error(errc::not_found, "pushing " + familiar(name) + ": there is no image of that name",
                "A build step before this one makes it, by `-t " + familiar(name) + "`.");
}
}  // namespace acrx::detail
#endif
