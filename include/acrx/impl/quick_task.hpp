// Bodies of quick_task.hpp.
#ifndef ACRX_IMPL_QUICK_TASK_HPP
#define ACRX_IMPL_QUICK_TASK_HPP
#include <acrx/build/finish_image.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/push_image.hpp>
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/quick_task.hpp>
#include <acrx/registry/image_archive.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
basic_quick_task<Context, R, C, S, E>::basic_quick_task(state_folder state, Context context, R registry, C cache,
                                                        S snapshots, E executor, net::any_io_executor pool)
    : state_(std::move(state)), store_(state_.root()), context_(std::move(context)), registry_(std::move(registry)),
      cache_(std::move(cache)), snapshots_(std::move(snapshots)), executor_(std::move(executor)),
      pool_(std::move(pool))
{}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<quick_result> basic_quick_task<Context, R, C, S, E>::run(quick_request request, progress_sink progress)
{
    quick_result result;
    result.started = system_clock().now();
    detail::scratch_folder scratch(state_.temporary());
    auto const context = co_await context_.fetch(scratch.path());
    auto const text = read_dockerfile(context.root, request.dockerfile);
    auto const file = dockerfile::parse_file(text.bytes);

    auto const next_id = std::make_shared<unsigned>(1);
    basic_layer_store<R> layers(registry_, store_, state_.indexes(), pool_, progress, next_id);
    bool const believe = request.build.shared_indexes;
    base_resolver resolve = [&](std::string name, platform wanted) {
        return find_base_with_indexes(layers, std::move(name), std::move(wanted), believe);
    };
    auto const plan = co_await make_plan(file, request.build, std::move(resolve));
    for (auto const& warning : plan.warnings)
        if (progress)
            progress(build_note{build_note::severity::warning, warning});

    auto const stats = std::make_shared<stat_index>(state_.stats() / std::string(digest_of(context.root.string()).encoded()));
    auto rules = context.has_ignore_file ? find_ignore_rules(context.root, text.path) : ignore_rules();
    context_files const files(context.root, std::move(rules), stats);
    auto const run_id = scratch.path().filename().string();
    build_parts<R, C, S, E> parts{layers, cache_, snapshots_, executor_, pool_};
    basic_solver solver(parts, state_, run_id, files, plan, request.build, progress, next_id);
    auto stage = co_await solver.solve();
    stats->save();

    auto const image = finish_image(store_, std::move(stage), request.build);
    result.image = describe(image.document);
    result.config = image.image.config.digest;
    result.bases = bases_of(plan);
    if (request.build.complete_store || !request.outputs.empty())
        co_await layers.fetch_all(image.layers);
    co_await publish(request, image, layers, result);
    result.ended = system_clock().now();
    co_return result;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::shared_ptr<base_image const>>
basic_quick_task<Context, R, C, S, E>::find_base_with_indexes(basic_layer_store<R>& layers, std::string name,
                                                              platform wanted, bool believe)
{
    auto base = co_await find_base(registry_, store_, std::move(name), std::move(wanted));
    if constexpr (referrer_client<R>) {
        if (believe)
            co_await fetch_indexes(registry_, layers, *base);
    }
    co_return base;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::publish(quick_request const& request,
                                                                    finished_image const& image,
                                                                    basic_layer_store<R>& layers,
                                                                    quick_result& result)
{
    auto names = request.push_to;
    names.insert(names.end(), request.local_names.begin(), request.local_names.end());
    for (auto const& output : request.outputs) {
        auto write = [&](std::stop_token stop) {
            auto const to = output.file == "-" ? std::filesystem::path("/dev/stdout") : output.file;
            if (output.type == image_output::kind::oci)
                write_oci_archive(store_, result.image, names, to, stop);
            else
                write_docker_archive(store_, result.image, names, to, stop);
        };
        co_await offload(pool_, write);
    }
    if (names.empty())
        store_.keep(result.image);
    for (auto const& name : request.local_names) {
        auto local = result.image;
        local.annotations[std::string(local_only_annotation)] = "true";
        tag_once(name, local);
        result.tagged.push_back(name);
    }
    for (auto const& name : request.push_to) {
        co_await push_image(registry_, layers, image, name);
        tag_once(name, result.image);
        result.pushed.push_back(name);
        result.tagged.push_back(name);
    }
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
void basic_quick_task<Context, R, C, S, E>::tag_once(reference const& name, descriptor const& image)
{
    auto const local = std::string(local_only_annotation);
    auto const known = store_.find(to_string(name));
    if (!known || known->digest != image.digest || known->annotations.contains(local) != image.annotations.contains(local))
        store_.tag(name, image);
}
}  // namespace acrx
#endif
