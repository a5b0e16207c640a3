// Bodies of build/solver.hpp: what RUN does when it is not cached.
#ifndef ACRX_BUILD_IMPL_SOLVER_RUN_HPP
#define ACRX_BUILD_IMPL_SOLVER_RUN_HPP
#include <acrx/build/cache_key.hpp>
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/file_stamps.hpp>
#include <acrx/build/detail/last_lines.hpp>
#include <acrx/build/redactor.hpp>
#include <acrx/build/secret_values.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/step_account.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/executor/device_interface.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/snapshot/prepared_root.hpp>

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::solve_run(run_operation const& what, acrx::step const& step,
                                                              layer_stack const& below)
{
    auto inputs = co_await inputs_of(what);
    std::vector<digest> mounted;
    for (auto const& input : inputs)
        mounted.push_back(input.content);
    step_facts facts{.content = cache_key(what, below.chain, request_, mounted),
                     .definition = cache_key(what, digest(), request_)};
    facts.files = [&] { return mounted.empty() ? digest() : detail::digest_of_all(mounted); };
    facts.stamps = facts.files;
    auto const keys = keys_of(facts, below);
    auto make = run(what, keys->lookup, step.title, below, std::move(inputs));
    auto layer = co_await find_or_run(keys->lookup, std::move(make), step);
    layer.keys = keys;
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
step_spec basic_solver<R, C, S, E>::to_spec(run_operation const& step, root_view const& view) const
{
    step_spec spec;
    spec.args = step.args;
    spec.env = step.env;
    spec.env.insert(spec.env.end(), step.proxies.begin(), step.proxies.end());
    set_account(spec, view, step.user);
    spec.working_dir = step.working_dir;
    spec.network = step.network;
    spec.hostname = step.hostname;
    spec.privileged = step.privileged;
    spec.rights = request_.rights;
    spec.extra_hosts = request_.extra_hosts;
    spec.limits = request_.limits;
    spec.cgroup_parent = request_.cgroup_parent;
    if (request_.shm_size > 0)
        spec.shm_size = request_.shm_size;
    return spec;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::add_devices(run_operation const& step, step_spec& spec)
{
    if (step.devices.empty())
        co_return;
    auto const& given = request_.device_folders;
    auto read = [&](std::stop_token) { return device_interface(given.empty() ? usual_device_folders() : given); };
    auto const known = co_await offload(parts_.pool, read);
    std::set<std::string> names;
    for (auto const& wanted : step.devices) {
        auto const found = known.find(wanted.name);
        names.insert(found.begin(), found.end());
        if (!found.empty())
            continue;
        auto const& problems = known.problems();
        auto const why = problems.empty() ? "No file in the folders of --cdi-spec-dir describes it." : problems.front();
        if (wanted.required)
            throw error(errc::not_found, "required device \"" + wanted.name + "\" is not registered", why);
        if (progress_)
            progress_(build_note{build_note::severity::warning,
                                 "There is no device " + wanted.name + ": RUN goes on without it. " + why});
    }
    known.inject(std::vector<std::string>(names.begin(), names.end()), spec);
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::execute(step_spec const& spec, std::string const& key, work_line& line)
{
    redactor redact(secret_values(request_));
    detail::last_lines tail;
    auto const show = [&](std::string text) {
        if (text.empty())
            return;
        tail.add(text);
        line.output(std::move(text));
    };
    auto sink = [&](std::string_view bytes) { show(redact.feed(bytes)); };
    constexpr std::chrono::milliseconds at_once{0};  // nothing is kept of a step that is stopped
    auto const state = co_await acrx::run_step(parts_.executor, spec, key, sink, at_once);
    show(redact.finish());
    co_await parts_.executor.forget(key);
    if (state.now == step_state::phase::exited && state.code == 0)
        co_return;
    auto command = redact.feed(detail::join(spec.args));
    command += redact.finish();
    if (state.timed_out)
        throw error(errc::timed_out, "process \"" + command + "\"");
    if (state.now != step_state::phase::exited)
        throw error(errc::step_failed, "process \"" + command + "\" was lost by its executor");
    throw error(errc::step_failed, "process \"" + command + "\" did not complete successfully: exit code: "
                                       + std::to_string(state.code) + tail.indented());
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::run(run_operation const& step, digest key, std::string title,
                                                        layer_stack const& below, mount_inputs inputs)
{
    auto const number = (*next_id_)++;
    co_await unpacker_.unpack(below.layers);
    auto const view = co_await layers_.view_of(below.layers);
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, number, std::move(title), doing);
    mount_holders held(state_.temporary());
    auto spec = to_spec(step, view);
    co_await add_devices(step, spec);
    co_await add_mounts(step, inputs, held, spec);
    auto prepared = parts_.snapshots.prepare(diff_ids_of(below.layers));
    prepared_root<S> root(parts_.snapshots, std::move(prepared));
    spec.root = root.get();
    auto const step_id = run_id_ + "/" + std::to_string(number) + "/1";
    co_await execute_with(held, spec, step_id, line);
    auto diff = [&](std::stop_token stop) { return parts_.snapshots.changes(root.get(), view, stop); };
    auto items = co_await offload(parts_.pool, diff);
    auto fresh = co_await pack(std::move(items), below);
    auto const diff_id = fresh.written.layer.diff_id;
    auto layer = co_await remember(std::move(key), std::move(fresh));
    root.commit(diff_id);
    line.end(work_ended::outcome::done);
    co_return layer;
}
}  // namespace acrx
#endif
