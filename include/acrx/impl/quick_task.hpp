// Bodies of quick_task.hpp.
#ifndef ACRX_IMPL_QUICK_TASK_HPP
#define ACRX_IMPL_QUICK_TASK_HPP
#include <acrx/build/finish_image.hpp>
#include <acrx/build/bill_of_materials.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/find_packages.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/push_image.hpp>
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/build/root_export.hpp>
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/write_image.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/quick_task.hpp>

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// A file's path in a folder; of one that lies elsewhere only its name.
inline std::string name_in(std::filesystem::path const& folder, std::filesystem::path const& file)
{
    auto name = file.lexically_relative(folder).generic_string();
    return name.empty() || name.starts_with("..") ? file.filename().string() : name;
}
}  // namespace detail

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
    auto const context = co_await context_.fetch(scratch.get());
    if (progress && !context.revision.empty())
        progress(build_note{build_note::severity::information, "The context is at revision " + context.revision});
    auto const text = read_dockerfile(context, request.dockerfile);
    auto const file = dockerfile::parse_file(text.bytes);
    if (!request.build.source_date_epoch && !request.build.build_args.contains("SOURCE_DATE_EPOCH"))
        request.build.source_date_epoch = source_date_epoch_of(file);
    if (progress && request.build.rewrite_timestamp && !request.build.source_date_epoch)
        progress(build_note{build_note::severity::warning, "rewrite-timestamp changes nothing without SOURCE_DATE_EPOCH"});

    auto const next_id = std::make_shared<unsigned>(1);
    basic_layer_store<R> layers(registry_, store_, state_.indexes(), pool_, progress, next_id);
    bool const believe = request.build.shared_indexes;
    base_resolver resolve = [&](std::string name, platform wanted) {
        return find_base_with_indexes(layers, std::move(name), std::move(wanted), believe);
    };
    auto rules = context.has_ignore_file ? find_ignore_rules(context.root, text.path) : ignore_rules();
    plan_checks checks{.ignored = rules, .found = [&](dockerfile::lint_warning const& warning) {
                           if (progress)
                               progress(lint_finding{warning});
                       }};
    auto const plan = co_await make_plan(file, request.build, std::move(resolve), std::move(checks));

    std::shared_ptr<stat_index> stats;
    if (!context.is_fetched)  // those are new each time
        stats = std::make_shared<stat_index>(state_.stats() / std::string(digest_of(context.root.string()).encoded()));
    context_files const files(context.root, std::move(rules), stats);
    auto const run_id = scratch.path().filename().string();
    build_parts<R, C, S, E> parts{layers, cache_, snapshots_, executor_, pool_};
    basic_solver solver(parts, state_, run_id, files, plan, request.build, progress, next_id);
    auto stage = co_await solver.solve();
    if (stats)
        stats->save();

    result.bases = bases_of(plan);
    build_facts facts{.invocation_id = run_id,
                      .started = result.started,
                      .ended = system_clock().now(),
                      .dockerfile_name = detail::name_in(context.root, text.path),
                      .dockerfile = text.bytes,
                      .context_location = request.context_location,
                      .context_revision = context.revision,
                      .images = result.bases};
    auto about = co_await attest(request, layers, stage, std::move(facts));
    about.base = base_of(plan);
    basic_image_forms<R, C> forms(layers, cache_, pool_, std::move(stage), request.build, std::move(about));
    auto const* image = co_await forms.in(request.build.form);
    result.image = image->top();
    result.config = image->image.config.digest;
    if (request.build.complete_store)
        co_await layers.fetch_all(image->layers);
    if (std::any_of(request.outputs.begin(), request.outputs.end(), [](auto const& output) { return output.is_root(); })) {
        auto const root = co_await solver.files_of(forms.layers());
        co_await write_roots(request, root, scratch.path());
    }
    co_await write_archives(request, layers, forms);
    co_await publish(request, *image, layers, result);
    result.ended = system_clock().now();
    co_return result;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<check_result> basic_quick_task<Context, R, C, S, E>::check(quick_request request)
{
    detail::scratch_folder scratch(state_.temporary());
    auto const context = co_await context_.fetch(scratch.get());
    auto text = read_dockerfile(context, request.dockerfile);
    auto rules = context.has_ignore_file ? find_ignore_rules(context.root, text.path) : ignore_rules();
    base_resolver resolve = [this](std::string name, platform wanted) {
        return find_base(registry_, store_, std::move(name), std::move(wanted));
    };
    auto result = co_await check_dockerfile(std::move(text.bytes), std::move(request.build), std::move(resolve),
                                            std::move(rules));
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
net::awaitable<image_context> basic_quick_task<Context, R, C, S, E>::attest(quick_request const& request,
                                                                            basic_layer_store<R>& layers,
                                                                            stage_result const& stage,
                                                                            build_facts facts)
{
    auto const& build = request.build;
    image_context about;
    about.names = names_of(request);
    if (build.attestations.sbom) {
        auto const files = co_await find_package_files(layers, stage.layers, pool_);
        auto const packages = packages_in(files);
        auto const name = about.names.empty() ? std::string("image") : familiar(about.names.front());
        about.attestations.push_back(make_bill_of_materials(name, packages, distribution_in(files), time_of(stage, build)));
    }
    if (build.attestations.provenance != provenance_mode::none)
        about.attestations.push_back(make_provenance(facts, build));
    co_return about;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::write_roots(quick_request const& request,
                                                                        stage_files const& files,
                                                                        std::filesystem::path scratch)
{
    auto write = [&](std::stop_token stop) {
        auto const items = root_items(files, request.build.source_date_epoch);
        for (auto const& output : request.outputs) {
            if (output.type == build_output::kind::local)
                write_root_folder(items, output.dest, stop);
            else if (output.is_root() && output.is_to_stdout())
                write_root_archive(items, STDOUT_FILENO, scratch, stop);
            else if (output.is_root())
                write_root_archive(items, output.dest, scratch, stop);
        }
    };
    co_await offload(pool_, write);
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::write_archives(quick_request const& request,
                                                                           basic_layer_store<R>& layers,
                                                                           basic_image_forms<R, C>& forms)
{
    auto const names = names_of(request);
    for (auto const& output : request.outputs) {
        if (output.is_root() || output.type == build_output::kind::image)
            continue;
        auto const form = form_of(output, request.build.form);
        auto const* image = co_await forms.in(form);
        co_await layers.fetch_all(image->layers);
        auto write = [&](std::stop_token stop) { write_image(store_, *image, form, output, names, stop); };
        co_await offload(pool_, write);
    }
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::publish(quick_request const& request,
                                                                    finished_image const& image,
                                                                    basic_layer_store<R>& layers,
                                                                    quick_result& result)
{
    if (request.push_to.empty() && request.local_names.empty())
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
