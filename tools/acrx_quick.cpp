// acrx-quick: builds and pushes one image, or runs a task, now; and looks after the local store.
#include <acrx/cli/build_command.hpp>
#include <acrx/cli/check_command.hpp>
#include <acrx/cli/command_line.hpp>
#include <acrx/cli/describe_command.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/disk_usage.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/index_command.hpp>
#include <acrx/cli/local_images.hpp>
#include <acrx/cli/prune_store.hpp>
#include <acrx/cli/remote_command.hpp>
#include <acrx/cli/runner_address.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/cli/task_command.hpp>
#include <acrx/executor/user_namespace.hpp>

#include <exception>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace cli = acrx::cli;

namespace {
class run_command
{
public:
    explicit run_command(cli::console& console) : streams_(console) {}

    cli::exit_status operator()(cli::shown_text const& shown) const
    {
        streams_.out.write(shown.text);
        return cli::exit_status::success;
    }
    cli::exit_status operator()(cli::build_options const& options) const
    {
        switch (options.call) {
        case cli::build_call::check: return cli::check(options, streams_);
        case cli::build_call::outline:
        case cli::build_call::targets: return cli::describe(options, streams_);
        case cli::build_call::build: break;
        }
        if (cli::is_for_runner(options))
            return cli::build_remotely(options, streams_);
        acrx::enter_user_namespace();
        return cli::build(options, streams_);
    }
    cli::exit_status operator()(cli::task_options const& options) const
    {
        if (cli::is_for_runner(options))
            return cli::run_remotely(options, streams_);
        acrx::enter_user_namespace();
        return cli::run_task_command(options, streams_);
    }
    cli::exit_status operator()(cli::index_options const& options) const { return cli::index(options, streams_); }
    cli::exit_status operator()(cli::list_options const& options) const
    {
        streams_.out.write(cli::list_text(cli::list_images(store_of(options.home)), options.format));
        return cli::exit_status::success;
    }
    cli::exit_status operator()(cli::inspect_options const& options) const
    {
        streams_.out.write(cli::inspect_text(cli::existing_state_of(options.home), options.image, options.format));
        return cli::exit_status::success;
    }
    cli::exit_status operator()(cli::usage_options const& options) const
    {
        acrx::enter_user_namespace();
        streams_.out.write(cli::usage_text(cli::disk_usage(cli::existing_state_of(options.home)), options.format));
        return cli::exit_status::success;
    }
    cli::exit_status operator()(cli::prune_options const& options) const
    {
        acrx::enter_user_namespace();  // what steps of an ordinary user left belongs to its subordinate ids
        auto const removed = cli::prune_store(cli::existing_state_of(options.home), options, acrx::system_clock().now());
        streams_.out.write(cli::prune_text(removed, options.format));
        return cli::exit_status::success;
    }

private:
    static acrx::oci_layout store_of(std::filesystem::path const& home)
    {
        return acrx::oci_layout(cli::existing_state_of(home).root());
    }

    cli::console& streams_;
};
}  // namespace

int main(int count, char** words)
{
    cli::console streams;
    try {
        auto const command = cli::parse_command_line({words + 1, words + count});
        return static_cast<int>(std::visit(run_command{streams}, command));
    } catch (...) {
        streams.err.write(cli::error_text(std::current_exception()));
        return static_cast<int>(cli::status_of(std::current_exception()));
    }
}
