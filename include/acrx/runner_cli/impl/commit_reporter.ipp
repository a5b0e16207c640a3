// Bodies of runner_cli/commit_reporter.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_COMMIT_REPORTER_IPP
#define ACRX_RUNNER_CLI_IMPL_COMMIT_REPORTER_IPP
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/commit_reporter.hpp>

#include <algorithm>
#include <variant>

namespace acrx::cli {
namespace detail {
inline std::string commit_of(trigger_event const& event)
{
    if (auto const* push = std::get_if<git_push>(&event.what))
        return push->commit;
    if (auto const* request = std::get_if<pull_request>(&event.what))
        return request->commit;
    return {};
}

/// Nothing for a host whose API is not known.
inline std::optional<git_api_place> api_place_of(source_trigger const& source)
{
    try {
        return find_git_api(source.host, source.filter.repository_url);
    } catch (error const& e) {
        if (e.code() != errc::not_supported)
            throw;
    }
    return std::nullopt;
}
}  // namespace detail

ACRX_DECL std::optional<commit_status> status_of_commit(acrx::run_record const& run, std::string const& server_url)
{
    commit_status status;
    status.commit = detail::commit_of(run.cause.event);
    if (status.commit.empty() || run.task.empty())
        return std::nullopt;
    status.context = run.task;
    if (!server_url.empty())
        status.target_url = server_url.substr(0, server_url.find_last_not_of('/') + 1) + "/#/runs/" + run.id;
    if (is_final(run.status))
        status.state = run.status == acrx::run_status::succeeded ? commit_state::success : commit_state::failure;
    status.description = "Run " + run.id + ": " + std::string(to_string(run.status));
    return status;
}

ACRX_DECL net::awaitable<void> commit_reporter::report(acrx::run_record run, task_definition task)
{
    auto status = status_of_commit(run, server_url_);
    auto const& sources = task.triggers.sources;
    auto const source = std::ranges::find(sources, run.cause.trigger, &source_trigger::name);
    if (!status || source == sources.end() || source->token.empty())
        co_return;
    auto const pass = co_await turns_.enter(run.id);
    auto place = detail::api_place_of(*source);
    if (!place)
        co_return;
    git_api api(std::move(*place), source->token, retry_, client_);
    co_await api.report(std::move(*status));
}
}  // namespace acrx::cli
#endif
