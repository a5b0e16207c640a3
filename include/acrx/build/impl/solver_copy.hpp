// Bodies of build/solver.hpp: what COPY, ADD and WORKDIR do when they are not cached, and what all steps share.
#ifndef ACRX_BUILD_IMPL_SOLVER_COPY_HPP
#define ACRX_BUILD_IMPL_SOLVER_COPY_HPP
#include <acrx/build/block_tables.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/build/select_with_parents.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/detail/file_stamps.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/build/cache_key.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/scratch_folder.hpp>
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
std::vector<selected_source> select_for(copy_operation const& step, std::vector<std::string> const& paths,
                                        Tree const& tree, tree_kind place)
{
    return step.parents ? select_with_parents(tree, paths, step.excludes, place)
                        : select_sources(tree, paths, step.excludes, place);
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
basic_solver<R, C, S, E>::pack(std::vector<layer_item> items, layer_stack const& below,
                               std::optional<previous_layer> previous)
{
    pack_options options;
    options.form = co_await layers_.form_of(below.layers);
    options.folder_time = folder_time();
    options.compression = request_.form.layers.compression;
    options.level = request_.form.layers.level;
    options.previous = std::move(previous);
    if (request_.rewrite_timestamp && request_.source_date_epoch)
        for (auto& item : items)
            item.entry.mtime = std::min(item.entry.mtime, *request_.source_date_epoch);
    scratch_file file(store_.temporary());
    auto write = [&](std::stop_token stop) { return pack_layer(items, file.path(), options, stop); };
    auto written = co_await offload(parts_.pool, write);
    co_return fresh_layer{std::move(written), std::move(file)};
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::make_folder(folder_operation const& step, digest key, std::string title,
                                                                layer_stack const& below)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    auto const view = co_await layers_.view_of(below.layers);
    auto items = place_folder(view, step.path, step.user, folder_time());
    auto fresh = co_await pack(std::move(items), below);
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
context_files const& basic_solver<R, C, S, E>::context_of(from_context const& origin) const
{
    return origin.name.empty() ? sources_.context : sources_.named.at(origin.name);
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<selected_source>> basic_solver<R, C, S, E>::select_paths(copy_operation const& step,
                                                                                    std::vector<std::string> paths)
{
    auto const* from = std::get_if<from_context>(&step.origin);
    if (from == nullptr) {
        auto layers = co_await layers_of(step.origin);
        auto selected = co_await select_from_layers(step, std::move(paths), std::move(layers));
        co_return selected;
    }
    auto const& context = context_of(*from);
    auto read = [&](std::stop_token stop) {
        auto found = detail::select_for(step, paths, context, tree_kind::context);
        std::vector<source_file*> files;
        for (auto& source : found) {
            files.push_back(&source.top);
            for (auto& file : source.below)
                files.push_back(&file);
        }
        context.hash(files, stop);
        return found;
    };
    auto selected = co_await offload(parts_.pool, read);
    co_return selected;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<placed_source>> basic_solver<R, C, S, E>::select(copy_operation const& step)
{
    std::vector<placed_source> placed;
    std::size_t next = 0;
    auto add_paths_before = [&](std::size_t end) -> net::awaitable<void> {
        std::vector<std::string> paths;
        while (next < end)
            paths.push_back(step.sources[next++]);
        ++next;  // over what is no path
        if (paths.empty())
            co_return;
        auto selected = co_await select_paths(step, std::move(paths));
        for (auto& source : selected) {
            bool const archive = detail::holds_archive(step, source);
            placed.push_back({std::move(source), archive});
        }
    };
    for (auto const& [index, remote] : step.remotes) {
        co_await add_paths_before(index);
        auto found = co_await find_remote(step, remote);
        placed.push_back(std::move(found));
    }
    co_await add_paths_before(step.sources.size());
    for (auto const& document : step.documents)
        placed.push_back({detail::to_selected(document)});
    co_return placed;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::vector<selected_source>>
basic_solver<R, C, S, E>::select_from_layers(copy_operation const& step, std::vector<std::string> paths,
                                             std::vector<layer_ref> layers)
{
    auto const files = co_await listed_files_of(std::move(layers));
    auto selected = detail::select_for(step, paths, files, tree_kind::stage);
    // Bytes are needed only if the step is not cached, and only of some layers; unpacking comes with placing.
    co_return selected;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::copy(copy_operation const& what, acrx::step const& step,
                                                         layer_stack const& below)
{
    auto sources = co_await select(what);
    step_facts facts{.content = cache_key(what, sources, below.chain, request_, below.form_source()),
                     .definition = cache_key(what, {}, digest(), request_, below.form_source())};
    facts.files = [&] { return content_digest(sources); };
    facts.stamps = [&] { return detail::stamp_digest(sources); };
    auto const keys = keys_of(facts, below);
    auto make = place(what, std::move(sources), keys->lookup, step.title, below);
    auto layer = co_await find_or_run(keys->lookup, std::move(make), step);
    layer.keys = keys;
    co_return layer;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::place(copy_operation const& step, std::vector<placed_source> sources,
                                                          digest key, std::string title, layer_stack const& below)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, std::move(title), doing);
    if (!std::holds_alternative<from_context>(step.origin)) {
        auto layers = co_await layers_of(step.origin);
        co_await unpacker_.unpack(std::move(layers));
    }
    root_view view;
    if (!step.link)
        view = co_await layers_.view_of(below.layers);
    placement const where{.destination = step.destination,
                          .chown = step.chown,
                          .chmod = step.chmod,
                          .new_folder_time = folder_time()};
    scratch_folder scratch(state_.temporary());
    co_await check_out(step, sources, scratch);
    auto lay_out = [&](std::stop_token stop) {
        detail::extract_archives(sources, scratch, stop);
        return place_files(view, std::move(sources), where);
    };
    auto items = co_await offload(parts_.pool, lay_out);
    // A large COPY of the context takes over the blocks of the layer that it made last, where nothing changed.
    auto const* context = std::get_if<from_context>(&step.origin);
    bool const large = context != nullptr && step.remotes.empty() && items.size() > 200;
    block_tables const tables(state_.blocks());
    auto const recipe = large ? recipe_of(step, context_of(*context).root()) : digest();
    auto previous = large ? tables.find(recipe, store_) : std::nullopt;
    auto fresh = co_await pack(std::move(items), below, std::move(previous));
    if (large)
        tables.keep(recipe, fresh.written.layer.blob.digest, fresh.written.blocks);
    auto layer = co_await remember(std::move(key), std::move(fresh));
    line.end(work_ended::outcome::done);
    co_return layer;
}
}  // namespace acrx
#endif
