// Bodies of runner_cli/standard_engine.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_STANDARD_ENGINE_IPP
#define ACRX_RUNNER_CLI_IMPL_STANDARD_ENGINE_IPP
#include <acrx/runner_cli/detail/run_logins.hpp>
#include <acrx/runner_cli/detail/run_metadata.hpp>
#include <acrx/runner_cli/detail/run_task_request.hpp>
#include <acrx/runner_cli/standard_engine.hpp>
#include <acrx/cli/standard_task_runner.hpp>
#include <acrx/cli/task_lines.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace acrx::cli {
namespace detail {
/// The logins of the run, and, where it may use them, those of the runner.
inline docker_config logins_for(login_table const& own, bool uses_those_of_runner, std::filesystem::path const& file)
{
    write_file(file, to_docker_config(own), durability::cached, 0600);
    std::vector<std::filesystem::path> files{file};
    if (uses_those_of_runner)
        for (auto& other : user_auth_files())
            files.push_back(std::move(other));
    return docker_config(std::move(files));
}

/// Whether the code that runs is that of somebody who may not write to the repository.
inline bool is_of_stranger(run_order const& order)
{
    auto const* request = std::get_if<pull_request>(&order.record.cause.event.what);
    return request != nullptr && request->from_fork;
}

/// The work, with a companion that ends when the work does.
inline net::awaitable<task_result> beside(net::awaitable<task_result> work, net::awaitable<void> companion)
{
    using namespace net::experimental::awaitable_operators;
    auto ended = co_await (acrx::detail::settle(std::move(work)) || std::move(companion));
    auto& outcome = std::get<0>(ended);
    if (outcome.failure)
        std::rethrow_exception(outcome.failure);
    co_return std::move(*outcome.value);
}

inline http_client web_client(build_options const& options)
{
    http_options web;
    web.ca_file = options.ca_file;
    return http_client(std::move(web));
}
}  // namespace detail

ACRX_DECL standard_engine::standard_engine(task_options options, state_folder state, net::any_io_executor pool,
                                           bool shares_machine_secrets, std::string closed_group)
    : options_(std::move(options)), state_(std::move(state)), pool_(std::move(pool)),
      client_(detail::web_client(options_.connection)),
      shares_machine_secrets_(shares_machine_secrets), closed_group_(std::move(closed_group)),
      tokens_(machine_identity(identity_settings::from_environment(), retry_policy(), client_))
{}

ACRX_DECL net::awaitable<acrx::run_outcome> standard_engine::run(run_order order, run_output output)
{
    scratch_folder secrets(state_.temporary(), "login");
    secrets.get();
    auto options = detail::options_of_run(options_, order, secrets.path());
    auto request = detail::request_of_run(order, options);
    auto const& credentials = order.request.credentials;
    bool const is_of_stranger = detail::is_of_stranger(order);
    auto const identity = is_of_stranger ? task_identity() : order.request.identity;
    secret_access const may_read{shares_machine_secrets_ && !is_of_stranger, detail::identities_of(identity)};
    detail::login_sources sources{machine_secrets(may_read, tokens_, client_),
                                  assigned_tokens<machine_tokens>(tokens_, may_read.identities), client_};
    auto const home = request.data.run.registry;
    auto const own = co_await detail::find_logins(credentials, home, sources);
    task_access access;
    access.logins = detail::logins_for(own, credentials.uses_home_login, secrets.path() / "config.json");
    access.secrets.emplace(may_read, tokens_, client_);
    access.metadata = detail::metadata_of_run(identity, sources.tokens, options.executor, output);
    access.metadata->closed_group = closed_group_;
    for (auto const& [host, login] : own) {
        output.hide(login.secret);
        access.hosts.push_back(host);
    }
    auto const lines = std::make_shared<task_lines>();
    auto const steps = std::make_shared<run_steps>();
    task_sink tell = [lines, steps, output](task_event const& event) mutable {
        auto const now = system_clock().now();
        if (steps->take(event, now))
            output.show_steps(steps->all());
        output.write(lines->take(event, now));
    };
    auto home_files = request.home_files;
    auto work = run_task(std::move(options), state_, std::move(request), pool_, std::move(tell), std::move(access));
    if (detail::may_expire(credentials)) {
        std::function<void(detail::login_table const&)> use = [output, home_files,
                                                               file = secrets.path() / "config.json"](auto const& logins) mutable {
            for (auto const& [host, login] : logins)
                output.hide(login.secret);
            write_file(file, detail::to_docker_config(logins), durability::cached, 0600);
            home_files.update(".docker/config.json",
                              [&](std::string const& now) { return detail::to_docker_config(logins, now); });
        };
        std::function<void(std::string const&)> trouble = [output](std::string const& why) mutable {
            output.write("warning: " + why + "\n");
        };
        auto renewal = detail::keep_logged_in(credentials, home, std::move(sources), own, std::move(use),
                                              std::move(trouble));
        work = detail::beside(std::move(work), std::move(renewal));
    }
    auto result = co_await std::move(work);
    output.write(lines->finish(system_clock().now()));
    if (!result.dependencies.empty())
        output.write("\nThe following dependencies were found:\n" + acrx::to_json(result.dependencies) + "\n");
    co_return detail::to_outcome(std::move(result));
}
}  // namespace acrx::cli
#endif
