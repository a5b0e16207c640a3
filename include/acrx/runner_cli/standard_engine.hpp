// The engine of acrx-runner: runs of every kind, by the task runner of acrx-quick.
#ifndef ACRX_RUNNER_CLI_STANDARD_ENGINE_HPP
#define ACRX_RUNNER_CLI_STANDARD_ENGINE_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/triggered_runner.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx::cli {
/// Builds, pushes and runs containers on this machine.
class standard_engine
{
public:
    /// @param options  what all runs have in common: the home registry, mirrors, executors; its context and task do not count
    /// @param state    of this machine
    /// @param pool     the executor of a thread pool
    /// @param shares_machine_secrets  whether tasks may read environment variables and files of this machine as secrets:
    ///                                then whoever may run one can
    /// @param closed_group  of `make_closed_group`: keeps steps in the network of this machine from its metadata service,
    ///                      as those in networks of their run are kept from it in any case; empty for none
    ACRX_DECL standard_engine(task_options options, state_folder state, net::any_io_executor pool,
                              bool shares_machine_secrets = false, std::string closed_group = {});

    /// Carries out a run, with the secrets and the identities that are its own. Folders of this machine are no contexts: a client could name any.
    ACRX_DECL net::awaitable<acrx::run_outcome> run(run_order order, run_output output);

private:
    task_options options_;
    state_folder state_;
    net::any_io_executor pool_;
    http_client client_;
    bool shares_machine_secrets_;
    std::string closed_group_;
    machine_tokens tokens_;  ///< of all runs together: identities are asked seldom
};
static_assert(run_engine<standard_engine>);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/standard_engine.ipp>
#endif
#endif
