// Bodies of runner_cli/standard_engine.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_STANDARD_ENGINE_IPP
#define ACRX_RUNNER_CLI_IMPL_STANDARD_ENGINE_IPP
#include <acrx/runner_cli/detail/run_task_request.hpp>
#include <acrx/runner_cli/standard_engine.hpp>
#include <acrx/cli/standard_task_runner.hpp>
#include <acrx/cli/task_lines.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace acrx::cli {
namespace detail {
/// The logins of the run, and, where it may use them, those of the runner.
inline docker_config logins_for(task_credentials const& credentials, std::filesystem::path const& file)
{
    write_file(file, logins_of(credentials), durability::cached, 0600);
    std::vector<std::filesystem::path> files{file};
    if (credentials.uses_home_login)
        for (auto& other : user_auth_files())
            files.push_back(std::move(other));
    return docker_config(std::move(files));
}
}  // namespace detail

ACRX_DECL net::awaitable<run_outcome> standard_engine::run(run_order order, run_output output)
{
    scratch_folder secrets(state_.temporary(), "login");
    secrets.get();
    auto options = detail::options_of_run(options_, order, secrets.path());
    auto request = detail::request_of_run(order, options);
    auto logins = detail::logins_for(order.request.credentials, secrets.path() / "config.json");
    auto const lines = std::make_shared<task_lines>();
    auto const steps = std::make_shared<run_steps>();
    task_sink tell = [lines, steps, output](task_event const& event) mutable {
        auto const now = system_clock().now();
        if (steps->take(event, now))
            output.show_steps(steps->all());
        output.write(lines->take(event, now));
    };
    auto result = co_await run_task(std::move(options), state_, std::move(request), pool_, std::move(tell), std::move(logins));
    output.write(lines->finish(system_clock().now()));
    if (!result.dependencies.empty())
        output.write("\nThe following dependencies were found:\n" + acrx::to_json(result.dependencies) + "\n");
    co_return detail::to_outcome(std::move(result));
}
}  // namespace acrx::cli
#endif
