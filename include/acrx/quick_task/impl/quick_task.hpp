// Bodies of quick_task.hpp: from a request to images. What becomes of those is in quick_task_outputs.hpp.
#ifndef ACRX_QUICK_TASK_IMPL_QUICK_TASK_HPP
#define ACRX_QUICK_TASK_IMPL_QUICK_TASK_HPP
#include <acrx/build/build_sources.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/named_contexts.hpp>
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/build/shared_caches.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/quick_task.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
/// A file's path in a folder; of one that lies elsewhere only its name.
inline std::string name_in(std::filesystem::path const& folder, std::filesystem::path const& file)
{
    auto name = file.lexically_relative(folder).generic_string();
    return name.empty() || name.starts_with("..") ? file.filename().string() : name;
}

/// Reads SOURCE_DATE_EPOCH where it is a default, or stands for the time of a context.
template<registry_client R>
net::awaitable<void> settle_source_date_epoch(build_request& build, acrx::dockerfile::file const& file,
                                              build_context const& context, named_contexts<R>& contexts)
{
    auto const given = build.build_args.find("SOURCE_DATE_EPOCH");
    auto const word = given == build.build_args.end() ? source_date_epoch_text(file) : std::optional(given->second);
    if (!word)
        co_return;
    if (*word == "context")
        build.source_date_epoch = time_of_context(context);
    else if (given == build.build_args.end() && !find_context_name(build.contexts, *word, build.platform))
        build.source_date_epoch = source_date_epoch_of(file);
    else {
        auto const time = co_await contexts.time_of(*word, build.platform);
        build.source_date_epoch = time;
    }
    if (build.source_date_epoch) {
        auto const seconds = std::chrono::floor<std::chrono::seconds>(*build.source_date_epoch).time_since_epoch();
        build.build_args["SOURCE_DATE_EPOCH"] = std::to_string(seconds.count());
    }
}

/// Says in the titles of steps for which platform they run.
inline void name_platforms(build_plan& plan)
{
    for (auto& stage : plan.stages)
        if (stage)
            for (auto& step : stage->steps)
                step.title.insert(1, to_string(stage->config.platform) + " ");
}

inline void add_once(std::vector<reference>& names, reference const& name)
{
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
}

/// Adds what the plan for one platform starts from. A second image that others lie on counts as used by the build.
inline void add_bases(quick_result& result, build_plan const& plan)
{
    for (auto const& name : bases_of(plan))
        add_once(result.bases, name);
    auto const names = base_names_of(plan);
    auto& known = result.depends_on;
    if (!known.runtime)
        known.runtime = names.runtime;
    else if (names.runtime && *names.runtime != *known.runtime)
        add_once(known.buildtime, *names.runtime);
    for (auto const& name : names.buildtime)
        add_once(known.buildtime, name);
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
    scratch_folder scratch(state_.temporary());
    auto const context = co_await context_.fetch(scratch.get());
    result.revision = context.revision;
    if (progress && !context.revision.empty())
        progress(build_note{build_note::severity::information, "The context is at revision " + context.revision});
    auto const text = read_dockerfile(context, request.dockerfile);
    auto const file = acrx::dockerfile::parse_file(text.bytes);
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
    named_contexts<R> contexts(registry_, store_, state_, request.build, request.fetching, resolve, pool_);
    context_resolver find_context = [&](std::string name, platform wanted) {
        return contexts.find(std::move(name), std::move(wanted));
    };
    if (!request.build.source_date_epoch)
        co_await detail::settle_source_date_epoch(request.build, file, context, contexts);
    if (progress && request.build.rewrite_timestamp && !request.build.source_date_epoch)
        progress(build_note{build_note::severity::warning, "rewrite-timestamp changes nothing without SOURCE_DATE_EPOCH"});
    auto const platforms = request.platforms.empty() ? std::vector{request.build.platform} : request.platforms;
    std::vector<platform_plan> plans;
    for (auto const& wanted : platforms) {
        auto build = request.build;
        build.platform = wanted;
        auto plan = co_await make_plan(file, build, resolve, checks, find_context);
        if (platforms.size() > 1)
            detail::name_platforms(plan);
        detail::add_bases(result, plan);
        plans.push_back({std::move(build), std::move(plan)});
        checks.found = [](dockerfile::lint_warning const&) {};  // it has been said
    }

    std::shared_ptr<stat_index> stats;
    if (!context.is_fetched)  // those are new each time
        stats = std::make_shared<stat_index>(state_.stats() / std::string(digest_of(context.root.string()).encoded()));
    build_sources sources{.context = context_files(context.root, std::move(rules), stats),
                          .named = contexts.take_files(),
                          .downloads = download_cache(state_.downloads(), request.fetching.download.http),
                          .git = request.fetching.git};
    build_facts facts{.invocation_id = scratch.path().filename().string(),
                      .started = result.started,
                      .ended = result.started,
                      .dockerfile_name = detail::name_in(context.root, text.path),
                      .dockerfile = text.bytes,
                      .context_location = request.context_location,
                      .context_revision = context.revision,
                      .images = {}};
    basic_shared_caches<R> shared(registry_, store_, pool_, progress);
    co_await shared.load(request.build.cache_from);
    step_filter is_usable = [&layers](cached_step const& step) { return layers.can_have(step); };
    cache_type cache(basic_tiered_cache(borrowed_cache<C>(cache_), std::move(shared), std::move(is_usable)));
    prepared_build const build{request, progress, layers, cache, sources, plans, std::move(facts), next_id, scratch.path()};
    std::exception_ptr failure;
    try {
        for (bool is_made = false; !is_made;) {
            auto const made = co_await build_unless_layers_are_lost(build, result);
            is_made = made;
        }
    } catch (...) {
        failure = std::current_exception();
    }
    release_cache(progress);
    if (failure)
        std::rethrow_exception(failure);
    if (stats)
        stats->save();
    contexts.save_stats();
    result.ended = system_clock().now();
    co_return result;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<bool> basic_quick_task<Context, R, C, S, E>::build_unless_layers_are_lost(prepared_build const& build,
                                                                                         quick_result& result)
{
    auto const lost = build.layers.lost().size();
    try {
        co_await build_and_publish(build, result);
        co_return true;
    } catch (boost::system::system_error const& e) {
        if (build.layers.lost().size() == lost || e.code() == errc::canceled || e.code() == net::error::operation_aborted)
            throw;
        if (build.progress)
            build.progress(build_note{build_note::severity::warning,
                                      "A cached layer cannot be had, its step is run again: " + detail::text_of(e)});
    }
    build.layers.forget_failures();
    co_return false;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::build_and_publish(prepared_build const& build,
                                                                              quick_result& result)
{
    auto const& request = build.request;
    auto const allowed = request.build.parallelism;
    detail::shared_steps steps{detail::work_slots(allowed > 0 ? allowed : detail::usual_parallelism())};
    std::vector<platform_build> parts(build.plans.size());
    std::vector<net::awaitable<void>> building;
    for (std::size_t i = 0; i < parts.size(); ++i)
        building.push_back(build_platform(build, build.plans[i], steps, parts[i]));
    co_await when_all(std::move(building));

    auto made = co_await finish(request, parts, request.build.form);
    bool const is_single = made.images.size() == 1;
    result.image = made.top();
    result.config = is_single ? made.images.front().image.config.digest : digest();
    if (request.build.complete_store || (!is_single && !request.local_names.empty()))
        for (auto const& image : made.images)
            co_await build.layers.fetch_all(image.own_layers());
    co_await write_roots(build, parts);
    co_await write_archives(build, parts);
    result.pushed.clear();
    result.tagged.clear();
    co_await publish(request, made, build.layers, result);
    std::set<digest> in_result;
    auto const add = [&](std::vector<layer_ref> const& some) {
        for (auto const& layer : some)
            in_result.insert(layer.layer.blob.digest);
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        add(parts[i].forms->layers());
        add(made.images[i].layers);
    }
    co_await save_caches(build, in_result, result);
    result.made = std::move(made);
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::build_platform(prepared_build const& build,
                                                                           platform_plan const& planned,
                                                                           detail::shared_steps& steps,
                                                                           platform_build& made)
{
    auto& layers = build.layers;
    build_parts<R, cache_type, S, E> parts{layers, build.cache, snapshots_, executor_, pool_, steps};
    made.solver = std::make_unique<solver_type>(parts, state_, build.facts.invocation_id, build.sources, planned.plan,
                                                planned.request, build.progress, build.next_id);
    auto stage = co_await made.solver->solve();
    if (planned.request.squash) {
        auto squashed = co_await made.solver->squash(std::move(stage));
        stage = std::move(squashed);
    }
    auto facts = build.facts;
    facts.ended = system_clock().now();
    facts.images = bases_of(planned.plan);
    auto about = co_await attest(build.request, planned.request, layers, stage, std::move(facts));
    about.base = base_of(planned.plan);
    made.forms = std::make_unique<forms_type>(layers, build.cache, pool_, std::move(stage), planned.request,
                                              std::move(about));
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::save_caches(prepared_build const& build,
                                                                        std::set<digest> const& in_result,
                                                                        quick_result const& result)
{
    layer_file_source files = [this, &layers = build.layers](cached_step const& step) -> net::awaitable<std::filesystem::path> {
        layer_ref layer{step.layer, step.created, step.origin, true};
        co_await layers.fetch(std::move(layer));
        co_return store_.blob_path(step.layer.blob.digest);
    };
    std::vector<digest> const lost(build.layers.lost().begin(), build.layers.lost().end());
    for (auto const& to : build.request.build.cache_to) {
        if (to.is_inline)  // it went with the image
            continue;
        std::vector<cache_entry> steps;
        for (auto& entry : build.cache.recorded()) {
            auto const& blob = entry.step.layer.blob.digest;
            if (!to.all_steps && !in_result.contains(blob))
                continue;
            for (auto const& name : result.pushed)  // so that the registry takes over what was just pushed
                if (name.domain == to.name.domain && in_result.contains(blob))
                    entry.step.origin = name;
            steps.push_back(std::move(entry));
        }
        co_await build.cache.inner().slow().save(to, std::move(steps), lost, files, build.scratch);
    }
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<check_result> basic_quick_task<Context, R, C, S, E>::check(quick_request request)
{
    scratch_folder scratch(state_.temporary());
    auto const context = co_await context_.fetch(scratch.get());
    auto text = read_dockerfile(context, request.dockerfile);
    auto rules = context.has_ignore_file ? find_ignore_rules(context.root, text.path) : ignore_rules();
    base_resolver resolve = [this](std::string name, platform wanted) {
        return find_base(registry_, store_, std::move(name), std::move(wanted));
    };
    named_contexts<R> contexts(registry_, store_, state_, request.build, request.fetching, resolve, pool_);
    context_resolver find_context = [&](std::string name, platform wanted) {
        return contexts.find(std::move(name), std::move(wanted));
    };
    auto result = co_await check_dockerfile(std::move(text.bytes), request.build, std::move(resolve), std::move(rules),
                                            std::move(find_context));
    co_return result;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::string> basic_quick_task<Context, R, C, S, E>::dockerfile(quick_request request)
{
    scratch_folder scratch(state_.temporary());
    auto const context = co_await context_.fetch(scratch.get());
    auto text = read_dockerfile(context, request.dockerfile);
    co_return std::move(text.bytes);
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
void basic_quick_task<Context, R, C, S, E>::release_cache(progress_sink const& progress)
{
    std::string problem;
    try {
        release(cache_);
    } catch (std::exception const& e) {
        problem = e.what();
    }
    if (!problem.empty() && progress)
        progress(build_note{build_note::severity::warning, "The layer cache cannot be brought into its budget: " + problem});
}
}  // namespace acrx
#endif
