// Bodies of cli/quick_build.hpp: the composition of the standard policies.
#ifndef ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#define ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#include <acrx/build/find_base.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/cli/detail/policies.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/standard_quick_task.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/replacement/step_trace.hpp>

#include <boost/asio/this_coro.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace acrx::cli {
namespace detail {
/// Appends each step by one write, so that builds may share a file.
inline std::function<void(traced_step const&)> trace_into(std::filesystem::path const& path)
{
    auto const file = std::make_shared<unique_fd>(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
    if (!*file)
        throw_file_errno("opening " + path.string());
    auto const append = [file, path](std::string const& line) {
        write_all(file->get(), std::as_bytes(std::span(line)), path);
    };
    struct stat status{};
    if (::fstat(file->get(), &status) == 0 && status.st_size == 0)
        append(std::string(trace_heading) + "\n");
    return [append](traced_step const& step) { append(to_line(step)); };
}
}  // namespace detail

ACRX_DECL net::awaitable<quick_result> run_quick_task(build_options options, state_folder state, quick_request request,
                                                      net::any_io_executor pool, progress_sink progress)
{
    distribution_client registry(docker_config(), detail::connection_of(options, state, progress));
    request.fetching = detail::fetching_of(options, state, progress);
    auto context = detail::context_of(options, request, registry, progress);
    auto strand = co_await net::this_coro::executor;
    auto snapshots = detail::snapshots_of(state, std::move(strand), progress);
    quick_task task(state, std::move(context), std::move(registry), detail::cache_of(options, state), std::move(snapshots),
                    detail::executor_of(options, state), std::move(pool));
    if (!options.trace.empty())
        request.build.trace = detail::trace_into(options.trace);
    auto result = co_await task.run(std::move(request), std::move(progress));
    co_return result;
}

namespace detail {
/// The task of a command that builds nothing.
inline quick_task task_to_look(build_options const& options, state_folder const& state, quick_request& request,
                               net::any_io_executor pool)
{
    auto connection = connection_of(options, state, {});
    connection.retry.tries = 2;  // what cannot be asked for is left out of the checks
    distribution_client registry(docker_config(), std::move(connection));
    request.fetching = fetching_of(options, state, {});
    auto context = context_of(options, request, registry, {});
    return {state, std::move(context), std::move(registry), no_cache(), overlay_snapshotter(state.snapshots()),
            executor_of(options, state), std::move(pool)};
}
}  // namespace detail

ACRX_DECL net::awaitable<check_result> run_check(build_options options, state_folder state, quick_request request,
                                                 net::any_io_executor pool)
{
    auto task = detail::task_to_look(options, state, request, std::move(pool));
    auto result = co_await task.check(std::move(request));
    co_return result;
}

ACRX_DECL net::awaitable<std::string> read_dockerfile_of(build_options options, state_folder state, quick_request request,
                                                         net::any_io_executor pool)
{
    auto task = detail::task_to_look(options, state, request, std::move(pool));
    auto text = co_await task.dockerfile(std::move(request));
    co_return text;
}

ACRX_DECL net::awaitable<std::size_t> index_image(index_options options, state_folder state, net::any_io_executor pool,
                                                  progress_sink progress)
{
    distribution_client registry(docker_config(), detail::connection_of(options.connection, state, progress));
    oci_layout store(state.root());
    auto const next_id = std::make_shared<unsigned>(1);
    basic_layer_store<distribution_client> layers(registry, store, state.indexes(), std::move(pool), progress, next_id);
    auto const base = co_await find_base(registry, store, options.image, platform_of(options.connection));
    auto const view = co_await layers.view_of(layers_of_image(*base));
    if (options.push)
        co_await publish_indexes(registry, layers, *base);
    co_return view.size();
}
}  // namespace acrx::cli
#endif
