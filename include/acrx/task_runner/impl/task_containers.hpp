// What cmd steps of a task do: containers, and the images that they are made of.
#ifndef ACRX_TASK_RUNNER_IMPL_TASK_CONTAINERS_HPP
#define ACRX_TASK_RUNNER_IMPL_TASK_CONTAINERS_HPP
#include <acrx/build/find_base.hpp>
#include <acrx/build/step_account.hpp>
#include <acrx/build/stored_image.hpp>
#include <acrx/build/write_image.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/executor/has_emulator.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/task/run_command.hpp>
#include <acrx/task_runner/detail/task_run.hpp>

#include <chrono>
#include <string_view>
#include <utility>

namespace acrx::detail {
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
        finished_build build;
        build.images.push_back(std::move(image));
        auto write = [&](std::stop_token stop) { write_image(parts_.store, build, {}, output, names, stop); };
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

[[noreturn]] inline void throw_wrong_platform(std::string const& name, platform const& found, platform const& wanted)
{
    throw error(errc::not_supported, name + " is an image for " + to_string(found) + ", not for " + to_string(wanted));
}

/// The image of a build that fits a platform best.
inline finished_image const& image_for(finished_build const& build, platform const& wanted)
{
    auto const* best = &build.images.front();
    int nearest = match_distance(wanted, best->platform);
    for (auto const& image : build.images)
        if (auto const distance = match_distance(wanted, image.platform); distance >= 0 && (nearest < 0 || distance < nearest)) {
            best = &image;
            nearest = distance;
        }
    return *best;
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<typename task_run<B, E, R, S>::container_image>
task_run<B, E, R, S>::find_image(task_step const& step, std::string name, std::string platform)
{
    auto const wanted = platform.empty() ? request_.platform : parse_platform(platform);
    if (auto const built = built_.find(to_string(parse_reference(name))); built != built_.end()) {
        auto const& image = image_for(built->second, wanted);
        if (match_distance(wanted, image.platform) < 0 && !has_emulator(image.platform))
            throw_wrong_platform(name, image.platform, wanted);
        co_return container_image{image, parse_image_config(parts_.store.read_blob(image.image.config))};
    }
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
        throw_wrong_platform(familiar(base->name), base->config.platform, wanted);
    finished_image image;
    descriptor stored;
    stored.digest = base->manifest_digest;
    stored.size = base->manifest_size;
    image.document = {base->image.media_type, parts_.store.read_blob(stored), base->manifest_digest};
    image.image = base->image;
    image.layers = layers_of_image(*base);
    co_return container_image{std::move(image), base->config};
}
}  // namespace acrx::detail
#endif
