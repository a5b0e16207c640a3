// Bodies of cli/quick_build.hpp: the composition of the standard policies.
#ifndef ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#define ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#include <acrx/build/build_sources.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/standard_quick_task.hpp>
#include <acrx/cli/upload_lines.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace acrx::cli {
namespace detail {
inline registry_options connection_of(build_options const& options, state_folder const& state,
                                      progress_sink const& progress)
{
    registry_options connection;
    connection.insecure.insert(options.insecure_registries.begin(), options.insecure_registries.end());
    for (auto const& [registry, host] : options.mirrors)
        connection.mirrors[registry].push_back(host);
    connection.http.ca_file = options.ca_file;
    auto size_of = [blobs = state.root() / "blobs"](digest const& blob) -> std::uint64_t {
        std::error_code unknown;
        auto const size = std::filesystem::file_size(blobs / blob.algorithm() / blob.encoded(), unknown);
        return unknown ? 0 : size;
    };
    connection.observer = [lines = std::make_shared<upload_lines>(progress, std::move(size_of))](
                              transfer_direction direction, digest const& blob, std::uint64_t bytes) {
        if (direction == transfer_direction::upload)
            lines->sent(blob, bytes);
    };
    connection.warn = [progress](std::string const& text) {
        if (progress)
            progress(build_note{build_note::severity::warning, text});
    };
    return connection;
}

inline quick_executor executor_of(build_options const& options, state_folder const& state)
{
    if (options.executor == executor_kind::oci_runtime)
        return oci_runtime(state.runs());
    return sandbox(state.runs());
}

/// Its warnings come from the threads that unpack; progress is told on the strand of the build.
inline overlay_snapshotter snapshots_of(state_folder const& state, net::any_io_executor strand, progress_sink progress)
{
    auto const note = [strand = std::move(strand), progress = std::move(progress)](std::string const& text) {
        if (progress)
            net::post(strand, [progress, text] { progress(build_note{build_note::severity::warning, text}); });
    };
    if (is_ordinary_user() && may_run_steps())
        if (auto const lacks = what_steps_lack(); !lacks.empty())
            note("Steps work on files of one user only. " + lacks);
    return overlay_snapshotter(state.snapshots(), note);
}
}  // namespace detail

namespace detail {
inline std::string read_token(std::filesystem::path const& file)
{
    auto token = read_file(file, std::uint64_t{64} << 10);
    token.erase(token.find_last_not_of(" \t\r\n") + 1);
    if (token.empty())
        throw error(errc::invalid_argument, "--git-access-token-file: " + file.string() + " is empty");
    return token;
}

/// How this build reaches the web and repositories.
inline context_options fetching_of(build_options const& options, state_folder const& state, progress_sink const& progress)
{
    context_options fetching;
    fetching.download.http.ca_file = options.ca_file;
    fetching.git.mirrors = state.git();
    fetching.git.warn = [progress](std::string const& text) {
        if (progress)
            progress(build_note{build_note::severity::warning, text});
    };
    return fetching;
}

inline quick_context context_of(build_options const& options, quick_request const& request, distribution_client registry,
                                progress_sink const& progress)
{
    auto const where = find_location(options.context);
    auto sources = request.fetching;
    if (auto const* repository = std::get_if<git_location>(&where))
        authorize(sources.git, *repository, request.build.secrets);
    if (std::holds_alternative<git_location>(where) && !options.git_access_token_file.empty())
        sources.git.access_token = read_token(options.git_access_token_file);
    auto const keep = request.build.build_args.find("BUILDKIT_CONTEXT_KEEP_GIT_DIR");
    sources.git.keep_git_folder = keep != request.build.build_args.end() && (keep->second == "1" || keep->second == "true");
    bool const is_remote = std::holds_alternative<git_location>(where) || std::holds_alternative<web_location>(where)
                           || std::holds_alternative<oci_location>(where);
    if (is_remote && progress)
        progress(build_note{build_note::severity::information, "Fetching the context " + redacted(where)});
    return open_context(where, std::move(registry), std::move(sources));
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
    quick_task task(state, std::move(context), std::move(registry), local_cache(state.cache()), std::move(snapshots),
                    detail::executor_of(options, state), std::move(pool));
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
