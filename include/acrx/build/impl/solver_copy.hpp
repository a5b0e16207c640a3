// Bodies of build/solver.hpp: what COPY, ADD and WORKDIR do when they are not cached, and what all steps share.
#ifndef ACRX_BUILD_IMPL_SOLVER_COPY_HPP
#define ACRX_BUILD_IMPL_SOLVER_COPY_HPP
#include <acrx/build/block_tables.hpp>
#include <acrx/build/detail/scratch_folder.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/build/select_with_parents.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/build/cache_key.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/snapshot/extract_archive.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace acrx {
namespace detail {
/// Archive entries as files to place: hard links become names of one file.
inline std::vector<source_file> to_sources(std::vector<layer_item> items)
{
    std::map<std::string, layer_item const*> targets;
    for (auto const& item : items)
        if (item.entry.type == entry_type::hard_link)
            targets.emplace(item.entry.link, nullptr);
    for (auto const& item : items)
        if (auto const named = targets.find(item.entry.path); named != targets.end())
            named->second = &item;
    std::vector<source_file> files;
    for (auto const& item : items) {
        source_file file{item, {}, {}};
        if (item.entry.type == entry_type::hard_link) {
            auto const* target = targets.at(item.entry.link);
            if (target == nullptr)
                continue;
            file.item = *target;
            file.item.entry.path = item.entry.path;
            file.link_group = item.entry.link;
        } else if (targets.contains(item.entry.path)) {
            file.link_group = item.entry.path;
        }
        files.push_back(std::move(file));
    }
    return files;
}

inline bool holds_archive(copy_operation const& step, selected_source const& source)
{
    auto const& item = source.top.item;
    return step.unpack && item.entry.type == entry_type::regular && !item.file.empty() && is_archive(item.file);
}

template<file_tree Tree>
std::vector<selected_source> select_for(copy_operation const& step, Tree const& tree, source_place place)
{
    return step.parents ? select_with_parents(tree, step.sources, step.excludes, place)
                        : select_sources(tree, step.sources, step.excludes, place);
}

/// Puts what the archives among `sources` hold into folders of `scratch`.
inline void extract_archives(std::vector<placed_source>& sources, scratch_folder& scratch, std::stop_token stop)
{
    int number = 0;
    for (auto& source : sources) {
        if (!source.is_archive)
            continue;
        auto const into = scratch.get() / std::to_string(number++);
        std::filesystem::create_directories(into);
        auto items = extract_archive(source.files.top.item.file, into, {}, stop);
        source.files.below = to_sources(std::move(items));
    }
}

inline selected_source to_selected(inline_file const& document)
{
    selected_source source;
    source.name = document.name;
    source.top.item.entry.mode = 0644;
    source.top.item.entry.size = document.content.size();
    source.top.item.entry.content = sha256().update(document.content).finish_bytes();
    source.top.item.bytes = document.content;
    return source;
}
}  // namespace detail

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<typename basic_solver<R, C, S, E>::fresh_layer>
basic_solver<R, C, S, E>::pack(std::vector<layer_item> items, std::optional<previous_layer> previous)
{
    pack_options options;
    options.compression = request_.form.layers.compression;
    options.level = request_.form.layers.level;
    options.previous = std::move(previous);
    if (request_.rewrite_timestamp && request_.source_date_epoch)
        for (auto& item : items)
            item.entry.mtime = std::min(item.entry.mtime, *request_.source_date_epoch);
    auto const file = store_.temporary();
    auto write = [&](std::stop_token stop) { return pack_layer(items, file, options, stop); };
    auto written = co_await offload(parts_.pool, write);
    co_return fresh_layer{std::move(written), file};
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::make_folder(folder_operation const& step, digest key, std::string title,
                                                                std::vector<layer_ref> below)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    auto const view = co_await layers_.view_of(std::move(below));
    auto items = place_folder(view, step.path, step.user, folder_time());
    auto fresh = co_await pack(std::move(items));
    auto layer = co_await remember(std::move(key), std::move(fresh));
    line.end(work_ended::outcome::done);
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<layer_ref>> basic_solver<R, C, S, E>::layers_of(file_origin const& origin)
{
    if (auto const* from = std::get_if<from_stage>(&origin)) {
        auto result = co_await stage(from->index);
        co_return std::move(result.layers);
    }
    co_return layers_of_image(*std::get<from_image>(origin).image);
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<placed_source>> basic_solver<R, C, S, E>::select(copy_operation const& step)
{
    std::vector<selected_source> selected;
    if (std::holds_alternative<from_context>(step.origin)) {
        auto read = [&](std::stop_token stop) {
            auto found = detail::select_for(step, context_, source_place::context);
            std::vector<source_file*> files;
            for (auto& source : found) {
                files.push_back(&source.top);
                for (auto& file : source.below)
                    files.push_back(&file);
            }
            context_.hash(files, stop);
            return found;
        };
        selected = co_await offload(parts_.pool, read);
    } else {
        auto layers = co_await layers_of(step.origin);
        selected = co_await select_from_layers(step, std::move(layers));
    }
    for (auto const& document : step.documents)
        selected.push_back(detail::to_selected(document));

    std::vector<placed_source> placed;
    for (auto& source : selected) {
        bool const archive = detail::holds_archive(step, source);
        placed.push_back({std::move(source), archive});
    }
    co_return placed;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<selected_source>>
basic_solver<R, C, S, E>::select_from_layers(copy_operation const& step, std::vector<layer_ref> layers)
{
    auto const view = co_await layers_.view_of(layers);
    auto folder = [this](digest const& diff_id) { return parts_.snapshots.folder(diff_id); };
    stage_files const files(view, diff_ids_of(layers), folder);
    auto selected = detail::select_for(step, files, source_place::stage);
    // Bytes are needed only if the step is not cached, and only of some layers; unpacking comes with placing.
    co_return selected;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::copy(copy_operation const& step, std::vector<layer_ref> below,
                                                         std::string title)
{
    auto sources = co_await select(step);
    auto const key = cache_key(step, sources, chain_of(below), request_);
    auto make = place(step, std::move(sources), key, title, std::move(below));
    auto layer = co_await find_or_run(key, std::move(make), title);
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::place(copy_operation const& step, std::vector<placed_source> sources,
                                                          digest key, std::string title, std::vector<layer_ref> below)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    if (!std::holds_alternative<from_context>(step.origin)) {
        auto layers = co_await layers_of(step.origin);
        co_await unpack_all(std::move(layers));
    }
    root_view view;
    if (!step.link)
        view = co_await layers_.view_of(std::move(below));
    placement const where{.destination = step.destination,
                          .chown = step.chown,
                          .chmod = step.chmod,
                          .new_folder_time = folder_time()};
    detail::scratch_folder scratch(state_.temporary());
    auto lay_out = [&](std::stop_token stop) {
        detail::extract_archives(sources, scratch, stop);
        return place_files(view, std::move(sources), where);
    };
    auto items = co_await offload(parts_.pool, lay_out);
    // A large COPY of the context takes over the blocks of the layer that it made last, where nothing changed.
    bool const large = std::holds_alternative<from_context>(step.origin) && items.size() > 200;
    block_tables const tables(state_.blocks());
    auto const recipe = recipe_of(step, context_.root());
    auto previous = large ? tables.find(recipe, store_) : std::nullopt;
    auto fresh = co_await pack(std::move(items), std::move(previous));
    if (large)
        tables.keep(recipe, fresh.written.layer.blob.digest, fresh.written.blocks);
    auto layer = co_await remember(std::move(key), std::move(fresh));
    line.end(work_ended::outcome::done);
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<bool> basic_solver<R, C, S, E>::unpack_once(std::vector<layer_ref> below, layer_ref layer)
{
    auto const& diff_id = layer.layer.diff_id;
    if (parts_.snapshots.contains(diff_id))
        co_return true;
    co_await layers_.fetch(layer);
    auto const parents = diff_ids_of(below);
    auto unpack_blob = [&](std::stop_token stop) {
        auto index = parts_.snapshots.unpack(store_.blob_path(layer.layer.blob.digest), diff_id, parents, stop);
        // One from packing stays: it knows the digests of contents, of which the keys of COPY --from are made.
        if (!layers_.has_index(diff_id))
            layers_.keep_index(diff_id, std::move(index));
    };
    co_await offload(parts_.pool, unpack_blob);
    co_return true;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::unpack_all(std::vector<layer_ref> layers)
{
    std::vector<layer_ref> missing;
    for (auto const& layer : layers)
        if (!parts_.snapshots.contains(layer.layer.diff_id))
            missing.push_back(layer);
    if (missing.empty())
        co_return;
    co_await layers_.fetch_all(std::move(missing));
    // From the base up: a folder that a layer does not list has the owner and mode it has below.
    std::vector<layer_ref> below;
    for (auto const& layer : layers) {
        auto once = unpack_once(below, layer);
        co_await unpacked_[layer.layer.diff_id].get(std::move(once));
        below.push_back(layer);
    }
}
}  // namespace acrx
#endif
