// The runner that a command talks to: over the network, or in this process on the state folder.
#ifndef ACRX_RUNNER_CLI_API_CLIENT_HPP
#define ACRX_RUNNER_CLI_API_CLIENT_HPP

#include <acrx/core/config.hpp>
#include <acrx/remote/runner_client.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace acrx::cli {
/// One conversation with the API of a runner.
class api_client
{
public:
    /// Whoever is to be asked: `--server`, else `$ACRX_SERVER`, else the server that works on the state folder, else the
    /// folder itself.  @param pool  the executor of a thread pool
    ACRX_DECL api_client(client_options const& options, net::any_io_executor pool);

    /// As `runner_client::ask`.
    net::awaitable<api_answer> ask(std::string method, std::string rest, std::string query = {}, boost::json::object body = {})
    {
        return runner_.ask(std::move(method), std::move(rest), std::move(query), std::move(body));
    }
    runner_client& runner() noexcept { return runner_; }
    /// Where files are read and the store works.
    net::any_io_executor const& pool() const noexcept { return pool_; }
    /// Nobody carries runs out while this is the folder itself.
    bool is_offline() const noexcept { return !runner_.can_follow(); }

private:
    net::any_io_executor pool_;
    runner_client runner_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/api_client.ipp>
#endif
#endif
