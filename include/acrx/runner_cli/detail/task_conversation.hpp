// The commands that mirror `az acr task`, `taskrun` and `agentpool`, each a talk with the API.
#ifndef ACRX_RUNNER_CLI_DETAIL_TASK_CONVERSATION_HPP
#define ACRX_RUNNER_CLI_DETAIL_TASK_CONVERSATION_HPP

#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>
#include <acrx/runner_cli/api_client.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace acrx::cli::detail {
/// One command on its way.
class task_conversation
{
public:
    task_conversation(task_arguments const& arguments, console& streams, api_client& client)
        : a_(arguments), streams_(streams), client_(client)
    {}
    /// Carries out the verb. @throws error, usage_error
    ACRX_DECL net::awaitable<exit_status> run();

private:
    net::awaitable<exit_status> create();
    net::awaitable<exit_status> update();
    net::awaitable<exit_status> show(std::string kind, std::string rest, std::string method = "GET");
    net::awaitable<exit_status> list(std::string kind, std::string rest, std::string query = {});
    net::awaitable<exit_status> remove(std::string what, std::string rest);
    net::awaitable<exit_status> run_now();
    net::awaitable<exit_status> cancel();
    net::awaitable<exit_status> keep_log();
    net::awaitable<exit_status> show_log();
    net::awaitable<exit_status> show_log_of_named_run();
    net::awaitable<exit_status> edit_timer();
    net::awaitable<exit_status> remove_timer();
    net::awaitable<exit_status> show_part(std::string kind, std::string pointer);
    net::awaitable<exit_status> edit_credential();
    net::awaitable<exit_status> list_credentials();
    net::awaitable<exit_status> edit_identity();
    net::awaitable<exit_status> create_pool();
    net::awaitable<exit_status> update_pool();

    net::awaitable<boost::json::value> task_with_secrets();
    net::awaitable<std::string> send_context_of_run();
    /// Follows the log until the run is over.
    net::awaitable<void> print_log(std::string run_id, bool is_shown);
    std::string run_filter() const;
    void print(std::string_view kind, boost::json::value const& one);
    void print_list(std::string_view kind, boost::json::array const& items);

    task_arguments const& a_;
    console& streams_;
    api_client& client_;
};
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/task_conversation.ipp>
#include <acrx/runner_cli/impl/pool_commands.ipp>
#include <acrx/runner_cli/impl/task_parts.ipp>
#endif
#endif
