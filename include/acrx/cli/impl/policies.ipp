// Bodies of cli/detail/policies.hpp.
#ifndef ACRX_CLI_IMPL_POLICIES_IPP
#define ACRX_CLI_IMPL_POLICIES_IPP
#include <acrx/build/build_sources.hpp>
#include <acrx/cli/detail/policies.hpp>
#include <acrx/cli/upload_lines.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <boost/asio/post.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace acrx::cli::detail {
ACRX_DECL registry_options connection_of(build_options const& options, state_folder const& state,
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

ACRX_DECL standard_layer_cache cache_of(build_options const& options, state_folder const& state)
{
    auto forget = [state](digest const& layer) {
        std::error_code ignored;
        std::filesystem::remove(state.indexes() / layer.encoded(), ignored);
        remove_tree(state.snapshots() / layer.encoded());
    };
    auto const& policy = options.cache_policy;
    return standard_layer_cache(options.cache_key, local_storage(state.cache(), state.root(), std::move(forget)),
                                named_admission<digest>(policy), make_eviction<digest>(policy), options.cache_budget);
}

ACRX_DECL quick_executor executor_of(build_options const& options, state_folder const& state,
                                     std::string const& closed_group)
{
    if (options.executor == executor_kind::oci_runtime) {
        network_options networks;
        if (!closed_group.empty())
            networks.metadata = metadata_service{.answer = {}, .closed_group = closed_group};
        return oci_runtime(state.runs(), {}, std::move(networks));
    }
    return sandbox(state.runs(), closed_group);
}

ACRX_DECL overlay_snapshotter snapshots_of(state_folder const& state, net::any_io_executor strand, progress_sink progress)
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
inline std::string read_token(std::filesystem::path const& file)
{
    std::string token;
    try {
        token = read_file(file, std::uint64_t{64} << 10);
    } catch (error const& e) {
        throw error(errc::invalid_argument, "--git-access-token-file: " + std::string(e.what()),
                    "The path counts from the current directory.");
    }
    token.erase(token.find_last_not_of(" \t\r\n") + 1);
    if (token.empty())
        throw error(errc::invalid_argument, "--git-access-token-file: " + file.string() + " is empty");
    return token;
}

ACRX_DECL context_options fetching_of(build_options const& options, state_folder const& state, progress_sink const& progress)
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

ACRX_DECL quick_context context_of(build_options const& options, quick_request const& request, distribution_client registry,
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
}  // namespace acrx::cli::detail
#endif
