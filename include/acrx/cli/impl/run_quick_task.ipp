// Bodies of cli/quick_build.hpp: the composition of the standard policies.
#ifndef ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#define ACRX_CLI_IMPL_RUN_QUICK_TASK_IPP
#include <acrx/build/find_base.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/standard_quick_task.hpp>
#include <acrx/cli/upload_lines.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

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

inline quick_cache cache_of(build_options const& options, state_folder const& state)
{
    if (options.no_cache)
        return no_cache();
    return local_cache(state.cache());
}

inline quick_executor executor_of(build_options const& options, state_folder const& state)
{
    if (options.executor == executor_kind::oci_runtime)
        return oci_runtime(state.runs());
    return sandbox(state.runs());
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

inline quick_context context_of(build_options const& options, state_folder const& state, quick_request const& request,
                                distribution_client registry, progress_sink const& progress)
{
    auto const where = find_location(options.context);
    context_options sources;
    sources.download.http.ca_file = options.ca_file;
    sources.git.mirrors = state.git();
    if (std::holds_alternative<git_location>(where) && !options.git_access_token_file.empty())
        sources.git.access_token = read_token(options.git_access_token_file);
    auto const keep = request.build.build_args.find("BUILDKIT_CONTEXT_KEEP_GIT_DIR");
    sources.git.keep_git_folder = keep != request.build.build_args.end() && (keep->second == "1" || keep->second == "true");
    sources.git.warn = [progress](std::string const& text) {
        if (progress)
            progress(build_note{build_note::severity::warning, text});
    };
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
    auto context = detail::context_of(options, state, request, registry, progress);
    quick_task task(state, std::move(context), std::move(registry), detail::cache_of(options, state),
                    overlay_snapshotter(state.snapshots()), detail::executor_of(options, state), std::move(pool));
    auto result = co_await task.run(std::move(request), std::move(progress));
    co_return result;
}

ACRX_DECL net::awaitable<check_result> run_check(build_options options, state_folder state, quick_request request,
                                                 net::any_io_executor pool)
{
    auto connection = detail::connection_of(options, state, {});
    connection.retry.tries = 2;  // what cannot be asked for is left out of the checks
    distribution_client registry(docker_config(), std::move(connection));
    auto context = detail::context_of(options, state, request, registry, {});
    quick_task task(state, std::move(context), std::move(registry), no_cache(),
                    overlay_snapshotter(state.snapshots()), detail::executor_of(options, state), std::move(pool));
    auto result = co_await task.check(std::move(request));
    co_return result;
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
