// Tells git hosts what became of the runs that their commits and pull requests fired.
#ifndef ACRX_RUNNER_CLI_COMMIT_REPORTER_HPP
#define ACRX_RUNNER_CLI_COMMIT_REPORTER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/runner_cli/webhook_registrar.hpp>
#include <acrx/trigger/git_api.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>

namespace acrx::cli {
/// The status that a run gives to its commit: pending while it goes on. Nothing for a run that no commit or pull
/// request fired, or that is no task's.
/// @param server_url  where the page of the server is
ACRX_DECL std::optional<commit_status> status_of_commit(acrx::run_record const& run, std::string const& server_url);

/// Sends statuses of commits with the tokens of the triggers that fired.
///
/// Must stay in place while `report` is awaited.
/// @par Thread safety
/// One strand.
class commit_reporter
{
public:
    explicit commit_reporter(std::string server_url, http_client client, retry_policy retry = patience_with_hosts)
        : server_url_(std::move(server_url)), client_(std::move(client)), retry_(retry)
    {}

    /// Reports a run that began or ended; statuses of one run go out in their order. Does nothing for a run without a
    /// commit, a trigger without a token, and a host whose API is not known.
    /// @param task  the run's
    /// @throws error  when the host does not take the status; shows no token
    ACRX_DECL net::awaitable<void> report(acrx::run_record run, task_definition task);

private:
    std::string server_url_;
    http_client client_;
    retry_policy retry_;
    gate turns_;  ///< by run
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/commit_reporter.ipp>
#endif
#endif
