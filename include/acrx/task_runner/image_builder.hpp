// What a task builds its images with: the concept, and the model that is a quick task for each image.
#ifndef ACRX_TASK_RUNNER_IMAGE_BUILDER_HPP
#define ACRX_TASK_RUNNER_IMAGE_BUILDER_HPP

#include <acrx/quick_task.hpp>

#include <functional>
#include <string>
#include <utility>

namespace acrx {
/// A type that builds images.
///
/// | for `B builder`, `quick_request request`, `location where`, `progress_sink progress` | is | means |
/// |---|---|---|
/// | `builder.build(request, where, progress)` | an `awaitable<quick_result>` | builds one image of the context at `where` |
///
/// `build` may be called several times at once. Cancellation ends what it does, and leaves nothing half-written.
/// @see basic_quick_builder
template<class B>
concept image_builder = std::movable<B> && requires(B builder, quick_request request, location where, progress_sink progress) {
    { builder.build(request, where, progress) } -> awaits_to<quick_result>;
};

/// Builds each image by a `basic_quick_task` of its own, on one state folder.
///
/// @tparam Registry, Cache, Snapshots  as those of `basic_quick_task`; copies share what there is to share
/// @tparam Executor                    of RUN steps; a new one for each image
template<registry_client Registry, layer_cache Cache, snapshotter Snapshots, step_executor Executor>
    requires std::copy_constructible<Registry> && std::copy_constructible<Cache> && std::copy_constructible<Snapshots>
class basic_quick_builder
{
public:
    /// @param make_executor  called for each image
    basic_quick_builder(state_folder state, Registry registry, Cache cache, Snapshots snapshots,
                        std::function<Executor()> make_executor, net::any_io_executor pool)
        : state_(std::move(state)), registry_(std::move(registry)), cache_(std::move(cache)),
          snapshots_(std::move(snapshots)), make_executor_(std::move(make_executor)), pool_(std::move(pool))
    {}

    /// Builds an image.
    net::awaitable<quick_result> build(quick_request request, location where, progress_sink progress);

private:
    state_folder state_;
    Registry registry_;
    Cache cache_;
    Snapshots snapshots_;
    std::function<Executor()> make_executor_;
    net::any_io_executor pool_;
};

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
    requires std::copy_constructible<R> && std::copy_constructible<C> && std::copy_constructible<S>
net::awaitable<quick_result> basic_quick_builder<R, C, S, E>::build(quick_request request, location where,
                                                                    progress_sink progress)
{
    auto context = open_context(where, registry_, request.fetching);
    basic_quick_task task(state_, std::move(context), registry_, cache_, snapshots_, make_executor_(), pool_);
    auto result = co_await task.run(std::move(request), std::move(progress));
    co_return result;
}
}  // namespace acrx
#endif
