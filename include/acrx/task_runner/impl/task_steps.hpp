// What the steps of a task do: containers, builds, pushes.
#ifndef ACRX_TASK_RUNNER_IMPL_TASK_STEPS_HPP
#define ACRX_TASK_RUNNER_IMPL_TASK_STEPS_HPP
#include <acrx/build/find_base.hpp>
#include <acrx/build/push_image.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/step_account.hpp>
#include <acrx/build/stored_image.hpp>
#include <acrx/build/write_image.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/task_runner/detail/task_run.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/build_order.hpp>
#include <acrx/task/run_command.hpp>
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
        write_file(order.id_file, made.config.str());
    if (order.metadata_file.empty())
        return;
    std::string names;
    for (auto const& name : order.names)
        names += (names.empty() ? "" : ",") + to_string(name);
    write_file(order.metadata_file, boost::json::serialize(boost::json::object{{"containerimage.config.digest", made.config.str()},
                                                                               {"containerimage.digest", made.image.digest.str()},
                                                                               {"image.name", names}}));
}

/// Whether steps name an image that the executor has, instead of a root.
template<container_executor E>
bool keeps_images(E const& executor)
{
    if constexpr (requires { executor.keeps_images(); })
        return executor.keeps_images();
    else
        return image_keeper<E>;
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::run_container(attempt& now)
{
    auto const& step = step_at(now.step);
    auto const command = parse_run_command(step.command);
    bool const detach = step.detach || command.detach;
    auto const found = co_await find_image(step, command.image, command.platform);
    auto spec = make_container_spec(step, command, found.config, shared_);
    spec.user = user_of(step, command, found.config);
    if (keeps_images(parts_.executor)) {
        spec.image = co_await give_to_engine(found.image);
        co_await run_prepared(std::move(spec), detach, now);
        co_return;
    }
    auto const& layers = found.image.layers;
    co_await unpacker_.unpack(layers);
    auto const view = co_await layers_.view_of(layers);
    set_account(spec, view, spec.user);
    // A detached container goes on, and one with `keep` can be looked at: its root stays until the end of the run.
    auto const root = kept_roots_.emplace(kept_roots_.end(), parts_.snapshots, parts_.snapshots.prepare(diff_ids_of(layers)));
    spec.root = root->get();
    std::exception_ptr failure;
    try {
        co_await run_prepared(spec, detach, now);
    } catch (...) {
        failure = std::current_exception();
    }
    if (step.keep && !detach)
        note("step " + step.id + ": what it has changed is in " + spec.root.upper.string() + " until the end of the run");
    else if (failure || !detach)
        kept_roots_.erase(root);
    if (failure)
        std::rethrow_exception(failure);
}

/// Says once what the steps of a network lack, so that nobody has to guess it from their failures.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::tell_what_lacks(step_spec const& spec)
{
    if constexpr (requires { parts_.executor.what_lacks(id_, spec.network_name); }) {
        if (spec.network != network_mode::joined || !told_networks_.insert(spec.network_name).second)
            return;
        if (auto const text = parts_.executor.what_lacks(id_, spec.network_name); !text.empty())
            note("the steps of this run find each other by name at 127.0.0.1; " + text
                     + ". A step with `network: host` has this machine's way out",
                 build_note::severity::warning);
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::run_prepared(step_spec spec, bool detach, attempt& now)
{
    auto const key = key_of(now);
    if (!detach) {
        co_await wait_for_end(spec, key, now);
        co_return;
    }
    co_await start_detached(spec, key, now.step);
    tell_what_lacks(spec);
}

/// Makes an engine have an image that is known here. @return what it is called there
template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<std::string> task_run<B, E, R, S>::give_to_engine(finished_image image)
{
    auto name = "acrx.local/image:" + std::string(image.image.config.digest.encoded());
    auto& once = loaded_[name];
    auto load = load_into_engine(std::move(image), name);
    co_await once.get(std::move(load));
    co_return name;
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<bool> task_run<B, E, R, S>::load_into_engine(finished_image image, std::string name)
{
    if constexpr (requires(E& e, std::filesystem::path archive) { e.load(archive); }) {
        auto const there = co_await parts_.executor.has_image(name);
        if (there)
            co_return true;
        co_await layers_.fetch_all(image.layers);
        scratch_folder scratch(parts_.state.temporary(), "image");
        build_output output;
        output.type = build_output::kind::docker;
        output.dest = scratch.get() / "image.tar";
        std::vector<reference> const names{parse_reference(name)};
        auto write = [&](std::stop_token stop) { write_image(parts_.store, image, {}, output, names, stop); };
        co_await offload(parts_.pool, write);
        co_await parts_.executor.load(output.dest);
    }
    co_return true;
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::wait_for_end(step_spec const& spec, step_key key, attempt& now)
{
    constexpr std::size_t most_collected = std::size_t{4} << 20;
    bool const collects = !step_at(now.step).retry_on_errors.empty();
    redactor redact(hidden_);
    auto sink = [&](std::string_view bytes) {
        if (collects && now.printed.size() < most_collected)
            now.printed += bytes;
        print(now.step, redact.feed(bytes));
    };
    auto const state = co_await run_step(parts_.executor, spec, key, sink);
    print(now.step, redact.finish());
    tell_what_lacks(spec);
    co_await parts_.executor.forget(key);
    if (state.now != step_state::phase::exited)
        throw error(errc::step_failed, "the container was lost by its executor");
    if (state.out_of_memory)
        throw error(errc::step_failed, "out of memory, exit status " + std::to_string(state.code),
                    "--memory in front of the image sets another limit.");
    if (state.code != 0)
        throw error(errc::step_failed, "exit status " + std::to_string(state.code));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::start_detached(step_spec spec, step_key key, std::size_t step)
{
    co_await parts_.executor.submit(std::move(spec), key);
    co_await check_start(key);
    auto const ports = co_await parts_.executor.published_ports(key);
    for (auto const& port : ports)
        note("step " + step_at(step).id + ": port " + std::to_string(port.container_port) + " is " + port.host_address
             + ":" + std::to_string(port.host_port));
    ++following_;
    auto const executor = co_await net::this_coro::executor;
    net::co_spawn(executor, follow(std::move(key), step), [this](std::exception_ptr) {
        --following_;
        changed_->cancel();
    });
}

/// A runtime whose container cannot begin ends with 125 to 127 soon; one that has begun is not waited for.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::check_start(step_key key)
{
    constexpr int most = 15;
    net::steady_timer pause(co_await net::this_coro::executor);
    step_state state;
    for (int tries = 0; tries < most && state.now != step_state::phase::exited; ++tries) {
        pause.expires_after(std::chrono::milliseconds(10));
        co_await pause.async_wait(net::use_awaitable);
        state = co_await parts_.executor.observe(key);
    }
    if (state.now != step_state::phase::exited || state.code < 125 || state.code > 127)
        co_return;
    auto const output = co_await parts_.executor.log(key, 0);
    co_await parts_.executor.forget(key);
    auto const words = output.bytes.substr(0, output.bytes.find_last_not_of(" \r\n") + 1);
    throw error(errc::step_failed, "the container did not start, exit status " + std::to_string(state.code)
                                       + (words.empty() ? "" : ": " + words));
}

/// Hands on what a detached container prints, until it ends.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::follow(step_key key, std::size_t step)
{
    redactor redact(hidden_);
    std::uint64_t offset = 0;
    for (bool ended = false; !ended;) {
        auto const output = co_await parts_.executor.log(key, offset);
        offset += output.bytes.size();
        ended = output.ended;
        print(step, redact.feed(output.bytes));
    }
    print(step, redact.finish());
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<typename task_run<B, E, R, S>::container_image>
task_run<B, E, R, S>::find_image(task_step const& step, std::string name, std::string platform)
{
    if (auto const built = built_.find(to_string(parse_reference(name))); built != built_.end()) {
        auto const& image = built->second;
        co_return container_image{image, parse_image_config(parts_.store.read_blob(image.image.config))};
    }
    auto const wanted = platform.empty() ? request_.platform : parse_platform(platform);
    for (unsigned left = step.download_retries;; --left) {
        std::exception_ptr failure;
        try {
            auto& once = step.pull ? pulled_[name + "#" + step.id + "#" + std::to_string(left)]
                                   : pulled_[name + "#" + to_string(wanted)];
            auto make = pull_image(name, wanted);
            auto image = co_await once.get(std::move(make));
            co_return image;
        } catch (...) {
            failure = std::current_exception();
        }
        if (left == 0 || is_interruption(failure))
            std::rethrow_exception(failure);
        net::steady_timer delay(co_await net::this_coro::executor, step.download_retry_delay);
        co_await delay.async_wait(net::use_awaitable);
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<typename task_run<B, E, R, S>::container_image>
task_run<B, E, R, S>::pull_image(std::string name, platform wanted)
{
    auto const base = co_await find_base(parts_.registry, parts_.store, std::move(name), wanted);
    if (match_distance(wanted, base->config.platform) < 0)
        throw error(errc::not_supported, familiar(base->name) + " is an image for " + to_string(base->config.platform)
                                             + ", not for " + to_string(wanted));
    finished_image image;
    descriptor stored;
    stored.digest = base->manifest_digest;
    stored.size = base->manifest_size;
    image.document = {base->image.media_type, parts_.store.read_blob(stored), base->manifest_digest};
    image.image = base->image;
    image.layers = layers_of_image(*base);
    co_return container_image{std::move(image), base->config};
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
net::awaitable<void> task_run<B, E, R, S>::push_image(finished_image const& image, reference name)
{
    co_await acrx::push_image(parts_.registry, layers_, image, name);
    parts_.store.tag(name, image.top());
    note("pushed " + familiar(name) + "@" + image.top().digest.str());
    name.digest = image.top().digest;
    result_.pushed.push_back(std::move(name));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
finished_image task_run<B, E, R, S>::find_built(reference const& name) const
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
