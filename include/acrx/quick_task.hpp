// Front door 1: build an image from a context and push it, now.
#ifndef ACRX_QUICK_TASK_HPP
#define ACRX_QUICK_TASK_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/build_sources.hpp>
#include <acrx/build/check_dockerfile.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/build/progress.hpp>
#include <acrx/build/provenance.hpp>
#include <acrx/build/shared_caches.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/context/context_source.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/executor/step_executor.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/snapshot/snapshotter.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace acrx {
/// What a quick task is to do.
struct quick_request
{
    build_request build;
    std::vector<platform> platforms = {};  ///< an image for each, and an index of them; empty is that of `build` alone
    /// Absolute, or relative to the root of a context that is fetched; empty means `Dockerfile`, or `dockerfile`, there.
    std::filesystem::path dockerfile;
    std::string context_location = {};   ///< what provenance says of the context; holds no secret, may be empty
    context_options fetching = {};       ///< how ADD and named contexts reach the web and repositories
    std::vector<reference> push_to;      ///< names in registries; the image is pushed under each
    std::vector<reference> local_names;  ///< names in the local store only
    std::vector<reference> push_by_digest = {};   ///< repositories that it is pushed to without a tag
    std::vector<reference> local_by_digest = {};  ///< repositories that it is listed under in the local store, without a tag
    std::vector<build_output> outputs;   ///< beside what lands in the store
};

/// All names of the image that a request asks for.
inline std::vector<reference> names_of(quick_request const& request)
{
    auto names = request.push_to;
    names.insert(names.end(), request.local_names.begin(), request.local_names.end());
    return names;
}

/// What a quick task did.
struct quick_result
{
    descriptor image;                  ///< the manifest, or the index of images and attestations
    digest config;                     ///< the image id; empty if there are images for several platforms
    std::vector<reference> pushed;     ///< now in their registries
    std::vector<reference> tagged;     ///< now in the local store
    std::vector<reference> bases;      ///< images that the build started from, with the digests that were used
    base_names depends_on;             ///< the same images, as their names stand for them
    std::string revision = {};         ///< of the context; empty if it has none
    finished_build made;               ///< to push it under more names
    time_point started{};
    time_point ended{};
};

/// Builds an image, or one for each of several platforms, from one context and pushes it.
///
/// @tparam Context    where the files come from
/// @tparam Registry   where base images come from and the result goes to
/// @tparam Cache      what remembers the layers of steps
/// @tparam Snapshots  what makes root filesystems of layers
/// @tparam Executor   where RUN steps run
///
/// Owns its policies. Must stay in place while `run` is awaited.
/// @par Thread safety
/// Distinct objects: safe, also on one state folder and in several processes. One object: one strand, one `run` at a time.
///
///     acrx::basic_quick_task task{home, acrx::local_directory{"."}, client, acrx::no_cache{}, snapshots, runner, pool};
///     auto result = co_await task.run(request, {});
template<context_source Context, registry_client Registry, layer_cache Cache, snapshotter Snapshots,
         step_executor Executor>
class basic_quick_task
{
public:
    /// @param state  of this machine: images, cached layers, logs
    /// @param pool   the executor of a thread pool, for work that keeps a processor busy
    basic_quick_task(state_folder state, Context context, Registry registry, Cache cache, Snapshots snapshots,
                     Executor executor, net::any_io_executor pool);

    /// Fetches the context, builds, tags, writes the outputs, and pushes.
    ///
    /// @param progress  told what happens; may be empty
    /// @throws dockerfile::parse_error  with the line, for what is wrong with the Dockerfile or fails in one of its steps
    /// @throws error    for everything else. Cancellation ends all steps and transfers; nothing half-written is left.
    net::awaitable<quick_result> run(quick_request request, progress_sink progress);

    /// Fetches the context and checks its Dockerfile; asks registries for the configs of base images and for no more.
    ///
    /// @throws error  if the context or its Dockerfile cannot be read; what is wrong with them is in the result
    net::awaitable<check_result> check(quick_request request);

    /// Fetches the context and reads its Dockerfile. @return the text
    net::awaitable<std::string> dockerfile(quick_request request);

private:
    net::awaitable<std::shared_ptr<base_image const>> find_base_with_indexes(basic_layer_store<Registry>& layers,
                                                                             std::string name, platform wanted,
                                                                             bool believe);
    using cache_type = build_cache<Registry, Cache>;
    using forms_type = basic_image_forms<Registry, cache_type>;
    using solver_type = basic_solver<Registry, cache_type, Snapshots, Executor>;

    /// What is built for one platform.
    struct platform_plan
    {
        build_request request;
        build_plan plan;
    };

    /// What stands before the first step is run.
    struct prepared_build
    {
        quick_request const& request;
        progress_sink const& progress;
        basic_layer_store<Registry>& layers;
        cache_type& cache;
        build_sources& sources;
        std::vector<platform_plan> const& plans;
        build_facts facts;
        std::shared_ptr<unsigned> next_id;
        std::filesystem::path scratch;
    };

    /// The image of one platform, once it is built.
    struct platform_build
    {
        std::unique_ptr<solver_type> solver;
        std::unique_ptr<forms_type> forms;
    };
    net::awaitable<void> build_and_publish(prepared_build const& build, quick_result& result);
    net::awaitable<bool> build_unless_layers_are_lost(prepared_build const& build, quick_result& result);
    net::awaitable<void> save_caches(prepared_build const& build, std::set<digest> const& in_result,
                                     quick_result const& result);
    net::awaitable<void> build_platform(prepared_build const& build, platform_plan const& planned,
                                        detail::shared_steps& steps, platform_build& made);
    net::awaitable<image_context> attest(quick_request const& request, build_request const& build,
                                         basic_layer_store<Registry>& layers, stage_result const& stage,
                                         build_facts facts);
    net::awaitable<finished_build> finish(quick_request const& request, std::span<platform_build const> parts,
                                          image_form form);
    net::awaitable<void> write_roots(prepared_build const& build, std::span<platform_build const> parts);
    net::awaitable<void> write_archives(prepared_build const& build, std::span<platform_build const> parts);
    net::awaitable<void> publish(quick_request const& request, finished_build const& build,
                                 basic_layer_store<Registry>& layers, quick_result& result);
    void tag_once(reference const& name, descriptor const& image);
    void release_cache(progress_sink const& progress);

    state_folder state_;
    oci_layout store_;
    [[no_unique_address]] Context context_;
    [[no_unique_address]] Registry registry_;
    [[no_unique_address]] Cache cache_;
    [[no_unique_address]] Snapshots snapshots_;
    [[no_unique_address]] Executor executor_;
    net::any_io_executor pool_;
};
}  // namespace acrx

#include <acrx/quick_task/impl/quick_task.hpp>
#include <acrx/quick_task/impl/quick_task_outputs.hpp>
#endif
