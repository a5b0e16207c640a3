// Bodies of build/solver.hpp: the layers of an image that are not of its base, as one.
#ifndef ACRX_BUILD_IMPL_SOLVER_SQUASH_HPP
#define ACRX_BUILD_IMPL_SOLVER_SQUASH_HPP
#include <acrx/build/solver.hpp>
#include <acrx/build/squashed_items.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
/// How many layers of the target are those of its base.
inline std::size_t layers_of_base(build_plan const& plan)
{
    auto const* stage = &plan.stages.at(plan.target);
    while (auto const* below = std::get_if<from_stage>(&(*stage)->base))
        stage = &plan.stages.at(below->index);
    auto const* image = std::get_if<from_image>(&(*stage)->base);
    return image == nullptr ? 0 : image->image->image.layers.size();
}

/// Leaves a layer to the entries of the base alone, and adds one for that of all others, as Docker's engine does.
inline void squash_history(std::vector<history_entry>& history, std::size_t base, history_entry added)
{
    for (auto& entry : history) {
        if (entry.empty_layer)
            continue;
        entry.empty_layer = base == 0;
        base -= base == 0 ? 0 : 1;
    }
    history.push_back(std::move(added));
}
}  // namespace detail

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<stage_result> basic_solver<R, C, S, E>::squash(stage_result built)
{
    auto const base = detail::layers_of_base(plan_);
    if (built.layers.size() < base + 2)
        co_return built;
    auto text = "squash/1 " + std::to_string(base);
    time_point newest{};
    for (auto const& layer : built.layers) {
        text += " " + layer.layer.diff_id.str();
        newest = std::max(newest, layer.created);
    }
    acrx::step step;
    step.title = "[squash] " + std::to_string(built.layers.size() - base) + " layers";
    step.is_fresh = request_.no_cache;
    auto const key = digest_of(text);
    auto make = merge(built.layers, base, key, step.title);
    auto layer = co_await find_or_run(key, std::move(make), step);
    layer.created = newest;  // so that the same layers give the same image
    history_entry added;
    added.created = request_.source_date_epoch.value_or(newest);
    added.comment = "merge of " + std::to_string(built.layers.size() - base) + " layers";
    detail::squash_history(built.history, base, std::move(added));
    built.layers.resize(base);
    built.layers.push_back(std::move(layer));
    co_return built;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::merge(std::vector<layer_ref> layers, std::size_t base, digest key,
                                                          std::string title)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    co_await unpacker_.unpack(layers);
    auto const view = co_await layers_.view_of(layers);
    layer_folder folder = [this](digest const& diff_id) { return parts_.snapshots.folder(diff_id); };
    auto items = squashed_items(view, diff_ids_of(layers), base, std::move(folder));
    layers.resize(base);
    layer_stack const below(std::move(layers));
    auto fresh = co_await pack(std::move(items), below);
    auto layer = co_await remember(std::move(key), std::move(fresh));
    line.end(work_ended::outcome::done);
    co_return layer;
}
}  // namespace acrx
#endif
