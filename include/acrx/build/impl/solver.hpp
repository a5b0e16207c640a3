// Bodies of build/solver.hpp: stages and the cache. What single steps do is in solver_copy.hpp and solver_run.hpp.
#ifndef ACRX_BUILD_IMPL_SOLVER_HPP
#define ACRX_BUILD_IMPL_SOLVER_HPP
#include <acrx/build/impl/solver_copy.hpp>
#include <acrx/build/impl/solver_fetch.hpp>
#include <acrx/build/impl/solver_keys.hpp>
#include <acrx/build/impl/solver_mounts.hpp>
#include <acrx/build/impl/solver_run.hpp>
#include <acrx/build/impl/solver_squash.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/cache_key.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
template<registry_client R, layer_cache C, snapshotter S, step_executor E>
basic_solver<R, C, S, E>::basic_solver(parts_type parts, state_folder state, std::string run_id,
                                       build_sources& sources, build_plan const& plan,
                                       build_request const& request, progress_sink progress,
                                       std::shared_ptr<unsigned> next_id)
    : parts_(std::move(parts)), state_(std::move(state)), run_id_(std::move(run_id)), sources_(sources), plan_(plan),
      request_(request), progress_(std::move(progress)), next_id_(std::move(next_id)), layers_(parts_.layers),
      store_(layers_.store()), unpacker_(layers_, parts_.snapshots, parts_.pool)
{}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
time_point basic_solver<R, C, S, E>::now() const
{
    return request_.source_date_epoch.value_or(system_clock().now());
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_result> basic_solver<R, C, S, E>::solve()
{
    std::vector<net::awaitable<void>> all;
    for (std::size_t i = 0; i < plan_.stages.size(); ++i)
        if (plan_.stages[i])
            all.push_back(need_stage(i));
    co_await when_all(std::move(all));
    auto result = co_await stage(plan_.target);
    co_return result;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_files> basic_solver<R, C, S, E>::files_of(std::vector<layer_ref> layers)
{
    co_await unpacker_.unpack(layers);
    auto files = co_await listed_files_of(std::move(layers));
    co_return files;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_files> basic_solver<R, C, S, E>::listed_files_of(std::vector<layer_ref> layers)
{
    auto view = co_await layers_.view_of(layers);
    auto const form = co_await layers_.form_of(layers);
    auto folder = [this, root = root_folder(form)](digest const& diff_id) {
        auto const unpacked = parts_.snapshots.folder(diff_id);
        return root.empty() ? unpacked : unpacked / root;
    };
    co_return stage_files(std::move(view), diff_ids_of(layers), std::move(folder));
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::need_stage(std::size_t index)
{
    auto const result = co_await stage(index);
    static_cast<void>(result);
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_result> basic_solver<R, C, S, E>::stage(std::size_t index)
{
    auto make = make_stage(index);
    auto result = co_await stages_[index].get(std::move(make));
    co_return result;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_result> basic_solver<R, C, S, E>::start_of(stage_plan const& planned)
{
    if (auto const* base = std::get_if<from_stage>(&planned.base)) {
        auto result = co_await stage(base->index);
        co_return result;
    }
    stage_result result;
    if (auto const* base = std::get_if<from_image>(&planned.base)) {
        auto const& config = base->image->config;
        file_origin const origin = *base;
        result.layers = co_await layers_of(origin);
        result.history = config.history;
        // Images of other builders may lack history; its entries with a layer must be as many as the layers.
        auto const listed = static_cast<std::size_t>(
            std::count_if(result.history.begin(), result.history.end(), [](auto const& h) { return !h.empty_layer; }));
        if (listed != result.layers.size())
            result.history.assign(result.layers.size(), history_entry{.created = config.created,
                                                                      .author = {},
                                                                      .created_by = {},
                                                                      .comment = "of the base image",
                                                                      .empty_layer = false});
    }
    co_return result;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_result> basic_solver<R, C, S, E>::make_stage(std::size_t index)
{
    auto const& planned = *plan_.stages[index];
    auto result = co_await start_of(planned);
    result.config = planned.config;
    layer_stack stack(std::move(result.layers));
    std::size_t next = 0;
    std::optional<time_point> last = stack.layers.empty() ? std::nullopt : std::optional(stack.layers.back().created);
    for (auto entry : planned.history) {
        if (!entry.empty_layer) {
            auto layer = co_await solve_step(planned.steps[next++], stack);
            last = layer.created;
            stack.push(std::move(layer));
        } else
            stack.metadata += entry.created_by + '\n';
        entry.created = request_.source_date_epoch ? request_.source_date_epoch : last;
        result.history.push_back(std::move(entry));
    }
    result.layers = std::move(stack.layers);
    co_return result;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::solve_step(step const& step, layer_stack const& below)
{
    try {
        auto layer = co_await solve_located(step, below);
        trace(step, below, layer);
        co_return layer;
    } catch (dockerfile::parse_error const&) {
        throw;
    } catch (error const& e) {
        if (e.code().category() != acrx_category() || e.code() == condition::interrupted)
            throw;
        throw dockerfile::parse_error(static_cast<errc>(e.code().value()), step.where, e.text(), e.advice());
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::solve_located(step const& step, layer_stack const& below)
{
    if (auto const* what = std::get_if<copy_operation>(&step.what)) {
        auto layer = co_await copy(*what, step, below);
        co_return layer;
    }
    if (auto const* what = std::get_if<run_operation>(&step.what)) {
        auto layer = co_await solve_run(*what, step, below);
        co_return layer;
    }
    auto const& what = std::get<folder_operation>(step.what);
    step_facts const facts{.content = cache_key(what, below.chain, request_, below.form_source()),
                           .definition = cache_key(what, digest(), request_, below.form_source())};
    auto const keys = keys_of(facts, below);
    auto make = make_folder(what, keys->lookup, step.title, below);
    auto layer = co_await find_or_run(keys->lookup, std::move(make), step);
    layer.keys = keys;
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::find_or_run(digest key, net::awaitable<layer_ref> run,
                                                                acrx::step const& step)
{
    auto& once = parts_.steps.made[{key, step.is_fresh}];
    auto make = look_up(std::move(key), std::move(run), step);
    auto layer = co_await once.get(std::move(make));
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::look_up(digest key, net::awaitable<layer_ref> run,
                                                            acrx::step const& step)
{
    if (step.is_fresh) {
        auto layer = co_await run_bounded(std::move(key), std::move(run));
        co_return layer;
    }
    if (auto cached = co_await find_cached(key, step.title); cached)
        co_return std::move(*cached);
    // Another build may have the step in hand: its result is awaited, and found after that.
    auto const lock = co_await lock_step(key, step.title);
    if (auto cached = co_await find_cached(key, step.title); cached)
        co_return std::move(*cached);
    auto layer = co_await run_bounded(std::move(key), std::move(run));
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::optional<layer_ref>> basic_solver<R, C, S, E>::find_cached(digest key, std::string title)
{
    auto const hit = co_await parts_.cache.find(std::move(key));
    if (!hit || !layers_.can_have(*hit))
        co_return std::nullopt;
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    line.end(work_ended::outcome::cached);
    co_return layer_ref{hit->layer, hit->created, hit->origin, true, hit->seconds};
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<step_lock> basic_solver<R, C, S, E>::lock_step(digest key, std::string title)
{
    if (auto lock = step_lock::try_lock(state_.step_locks(), key))
        co_return std::move(*lock);
    if (progress_)
        progress_(build_note{build_note::severity::information, "Another build is at the step " + title
                                                                    + ": waiting for its result"});
    auto lock = co_await step_lock::wait(state_.step_locks(), std::move(key));
    co_return lock;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::run_bounded(digest key, net::awaitable<layer_ref> run)
{
    auto const slot = co_await parts_.steps.slots.take();
    begun_.insert_or_assign(std::move(key), std::chrono::steady_clock::now());
    auto layer = co_await std::move(run);
    co_return layer;
}

/// A build does not fail for a cache that cannot be written.
template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::store_if_possible(digest key, cached_step step)
{
    std::string problem;
    try {
        co_await parts_.cache.store(std::move(key), std::move(step));
    } catch (boost::system::system_error const& e) {
        if (e.code() == condition::interrupted)
            throw;
        problem = e.what();
    }
    if (!problem.empty() && progress_ && !std::exchange(is_store_failure_told_, true))
        progress_(build_note{build_note::severity::warning, "The layer cache of this machine cannot be written: " + problem});
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::remember(digest key, fresh_layer fresh)
{
    auto const& layer = fresh.written.layer;
    auto keep = [&](std::stop_token) {
        store_.adopt(fresh.file.path(), layer.blob.digest);
        layers_.keep_index(layer.diff_id, std::move(fresh.written.index));
    };
    co_await offload(parts_.pool, keep);
    cached_step step{layer, now()};
    if (auto const begun = begun_.find(key); begun != begun_.end())
        step.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun->second).count();
    co_await store_if_possible(key, step);
    // Another build may have been here first: its time counts, so that both make the same image.
    auto const kept = co_await parts_.cache.find(key);
    auto const created = kept && kept->layer == step.layer ? kept->created : step.created;
    co_return layer_ref{step.layer, created, std::nullopt, false, step.seconds};
}
}  // namespace acrx
#endif
