// Bodies of cli/standard_task_runner.hpp, and the one instantiation of the templates that a task runner consists of.
#ifndef ACRX_CLI_IMPL_STANDARD_TASK_RUNNER_IPP
#define ACRX_CLI_IMPL_STANDARD_TASK_RUNNER_IPP
#include <acrx/build/redactor.hpp>
#include <acrx/cli/detail/policies.hpp>
#include <acrx/cli/detail/settled_options.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/standard_task_runner.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/task/task_template.hpp>
#include <acrx/task/values_file.hpp>

#include <boost/asio/this_coro.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#if defined(ACRX_COMPILED)
namespace acrx {
template class basic_quick_builder<distribution_client, quick_cache, overlay_snapshotter, quick_executor>;
template class basic_task_runner<quick_context, quick_builder, task_executor, distribution_client, overlay_snapshotter,
                                 machine_secrets, system_clock, task_sink>;
}  // namespace acrx
#endif

namespace acrx::cli {
namespace detail {
/// A file that lies beside the command: in a folder of this machine, or, where there is no context to hold it, counted
/// from the current directory. Nothing if it lies in a context that is still to be unpacked or fetched.
inline std::optional<task_text> read_beside_command(task_options const& options, std::string const& name,
                                                    std::string_view option)
{
    auto const where = find_location(options.context);
    auto const* local = std::get_if<local_location>(&where);
    bool const is_archive = local != nullptr && std::filesystem::is_regular_file(local->path);
    if (!std::holds_alternative<empty_location>(where) && (local == nullptr || is_archive))
        return std::nullopt;
    if (local != nullptr && !std::filesystem::exists(local->path))
        throw error(errc::not_found, "Unable to find '" + local->path.string() + "'.",
                    "The context is a folder, an archive, or the address of one, such as https://HOST/NAME.git.");
    auto const path = local != nullptr ? local->path / name : std::filesystem::path(name);
    auto text = read_file_if_exists(path, task_file::max_text);
    if (!text)
        throw error(errc::not_found, "Unable to find '" + path.string() + "'.",
                    std::string(option) + ", counted from "
                        + (local != nullptr ? "CONTEXT." : "the current directory."));
    return task_text{path.filename().string(), std::move(*text)};
}

inline task_source task_source_of(task_options const& options)
{
    check_task_sources(options);
    if (!options.command.empty())
        return task_text{"--cmd", acrx::task_of_command(options.command, options.timeout.value_or(std::chrono::seconds(0)))};
    if (!options.encoded_task.empty())
        return task_text{"--encoded-file", decode_task(options.encoded_task)};
    auto const name = options.file.value_or(options.default_file);
    if (name == "-")
        return task_text{"standard input", read_standard_input()};
    if (auto text = read_beside_command(options, name, "-f names a task file"))
        return std::move(*text);
    return task_path{name};
}

/// What can be read of values at once; a file of a context that is still to be fetched is left to the runner.
inline void add_values(task_options const& options, task_request& request)
{
    std::optional<task_text> file;
    if (!options.encoded_values.empty())
        file = task_text{"--encoded-values", decode_task(options.encoded_values)};
    else if (!options.values_file.empty())
        file = read_beside_command(options, options.values_file, "--values names a file");
    if (!file)
        return;
    for (auto& [name, value] : parse_values(file->text, file->name))
        request.data.values.emplace(name, value);
    request.values_file.clear();
}

inline task_data task_data_of(task_options const& options, std::string const& id)
{
    task_data data;
    data.run.id = id;
    data.run.registry = registry_host(options.connection.registry);
    auto const add = [&](std::string const& option, std::vector<std::string> const& settings, bool hidden) {
        for (auto const& setting : settings)
            try {
                auto [name, text] = parse_setting(setting);
                if (hidden)
                    data.hidden_values.insert(name);
                data.values.insert_or_assign(std::move(name), templating::value(std::move(text)));
            } catch (error const& e) {
                throw usage_error(option + ": " + e.text(), "Write NAME=TEXT.");
            }
    };
    add("--set", options.settings, false);
    add("--set-secret", options.secret_settings, true);
    return data;
}

/// What is known of the registries of the run, for steps that pull and push by themselves.
inline net::awaitable<void> add_logins(task_request& request, docker_config logins, std::vector<std::string> hosts)
{
    hosts.push_back(request.data.run.registry);
    boost::json::object auths;
    for (auto const& host : hosts) {
        if (host.empty())
            continue;
        auto const known = co_await logins.find(host);
        if (!known.secret.empty())
            auths[host] = boost::json::object{{"auth", to_base64(known.user + ":" + known.secret)}};
    }
    if (auths.empty())
        co_return;
    boost::json::object config{{"auths", std::move(auths)},
                               {"HttpHeaders", boost::json::object{{"X-Meta-Source-Client", "azure/acr/tasks"}}}};
    request.home_files.set(".docker/config.json", boost::json::serialize(config));
}

inline task_executor executor_of(task_options const& options, state_folder const& state,
                                 std::optional<metadata_service> metadata)
{
    if (options.executor == container_executor_kind::docker)
        return docker_engine(state.runs(), {}, std::move(metadata));
    network_options networks;
    networks.metadata = std::move(metadata);
    return oci_runtime(state.runs(), {}, std::move(networks));
}

inline machine_secrets secrets_of_machine(build_options const& options)
{
    http_options web;
    web.ca_file = options.ca_file;
    http_client client(std::move(web));
    return machine_secrets({}, machine_tokens(machine_identity(identity_settings::from_environment(), {}, client)), client);
}

inline task_runner make_task_runner(task_options const& options, state_folder const& state, task_request& request,
                                    net::any_io_executor const& strand, net::any_io_executor const& pool, task_sink log,
                                    task_access access)
{
    progress_sink const warn = [log](progress_event const& event) {
        if (auto const* note = std::get_if<build_note>(&event); note != nullptr && log)
            log(task_note{note->level, note->text});
    };
    auto place = options.connection;
    place.context = options.context;
    distribution_client registry(std::move(access.logins), connection_of(place, state, warn));
    request.fetching = fetching_of(place, state, warn);
    quick_request fetch;
    fetch.fetching = request.fetching;
    auto context = context_of(place, fetch, registry, warn);
    auto const closed_group = access.metadata ? access.metadata->closed_group : std::string();
    auto make_executor = [place, state, closed_group] { return executor_of(place, state, closed_group); };
    auto snapshots = snapshots_of(state, strand, warn);
    auto secrets = access.secrets ? std::move(*access.secrets) : secrets_of_machine(place);
    quick_builder builder(state, registry, cache_of(place, state), snapshots, std::move(make_executor), pool);
    return {state, std::move(context), std::move(builder), executor_of(options, state, std::move(access.metadata)),
            std::move(registry), std::move(snapshots), std::move(secrets), system_clock(), std::move(log), pool};
}
}  // namespace detail

ACRX_DECL task_request to_task_request(task_options const& options, std::string const& id)
{
    task_request request{.task = detail::task_source_of(options),
                         .data = detail::task_data_of(options, id),
                         .values_file = options.values_file,
                         .env = options.env};
    detail::add_values(options, request);
    request.building.platform = machine_platform_of(options.connection);
    request.building.build_platform = host_platform();
    request.building.no_cache = options.connection.no_cache;
    if (std::error_code none; options.executor == container_executor_kind::docker
                              && std::filesystem::exists(default_docker_socket(), none))
        request.engine_socket = default_docker_socket();
    if (!options.connection.platform.empty())
        request.platform = request.building.platform;
    return request;
}

ACRX_DECL net::awaitable<prepared_task> prepare_task(task_options options, state_folder state, task_request request,
                                                     net::any_io_executor pool, std::filesystem::path scratch)
{
    auto strand = co_await net::this_coro::executor;
    auto runner = detail::make_task_runner(options, state, request, strand, pool, {}, task_access());
    auto ready = co_await runner.prepare(std::move(request), std::move(scratch));
    co_return ready;
}

ACRX_DECL net::awaitable<task_result> run_task(task_options options, state_folder state, task_request request,
                                               net::any_io_executor pool, task_sink log, task_access access)
{
    co_await detail::add_logins(request, access.logins, access.hosts);
    auto strand = co_await net::this_coro::executor;
    auto runner = detail::make_task_runner(options, state, request, strand, pool, std::move(log), std::move(access));
    auto result = co_await runner.run(std::move(request));
    co_return result;
}
}  // namespace acrx::cli
#endif
