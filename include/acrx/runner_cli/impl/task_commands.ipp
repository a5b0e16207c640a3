// Bodies of runner_cli/task_commands.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_COMMANDS_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_COMMANDS_IPP
#include <acrx/cli/error_text.hpp>
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/api_client.hpp>
#include <acrx/runner_cli/detail/task_conversation.hpp>
#include <acrx/runner_cli/task_commands.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>
#include <utility>

namespace acrx::cli {
ACRX_DECL exit_status run_task_arguments(task_arguments const& arguments, console& streams)
{
    net::io_context host(1);
    net::thread_pool pool(1);
    api_client client(arguments.connection, pool.get_executor());
    detail::task_conversation conversation(arguments, streams, client);
    exit_status status = exit_status::internal;
    std::exception_ptr failure;
    auto ended = [&](std::exception_ptr e, exit_status s) {
        failure = std::move(e);
        status = s;
    };
    net::co_spawn(host, conversation.run(), ended);
    host.run();
    if (!failure)
        return status;
    try {
        std::rethrow_exception(failure);
    } catch (error const& e) {
        if (e.code() != errc::not_found)
            throw;
        streams.err.write(error_text(failure));
        return exit_status::registry;  // 3, which az uses for what is not there
    }
}
}  // namespace acrx::cli
#endif
