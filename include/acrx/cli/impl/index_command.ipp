// Bodies of cli/index_command.hpp.
#ifndef ACRX_CLI_IMPL_INDEX_COMMAND_IPP
#define ACRX_CLI_IMPL_INDEX_COMMAND_IPP
#include <acrx/cli/index_command.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/state_lock.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <string>

namespace acrx::cli {
ACRX_DECL exit_status index(index_options const& options, console& streams)
{
    auto const state = state_of(options.connection.home);
    auto const lock = state_lock::shared(state.root());
    net::io_context host(1);
    net::thread_pool pool;
    auto work = index_image(options, state, pool.get_executor(), {});
    auto layers = net::co_spawn(host, std::move(work), net::use_future);
    host.run();
    auto const count = std::to_string(layers.get());
    streams.out.write(options.image + ": " + count + " layers indexed" + (options.push ? " and published\n" : "\n"));
    return exit_status::success;
}
}  // namespace acrx::cli
#endif
