// acrx-runner: stores tasks, runs them when their triggers fire, and serves the API of ACR Tasks.
#include <acrx/cli/console.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/executor/user_namespace.hpp>
#include <acrx/runner_cli/runner_command_line.hpp>
#include <acrx/runner_cli/serve.hpp>
#include <acrx/runner_cli/task_commands.hpp>

#include <exception>
#include <variant>

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
    cli::exit_status operator()(cli::serve_options const& options) const
    {
        acrx::enter_user_namespace();
        return cli::serve(options, streams_);
    }
    cli::exit_status operator()(cli::task_arguments const& arguments) const
    {
        return cli::run_task_arguments(arguments, streams_);
    }

private:
    cli::console& streams_;
};
}  // namespace

int main(int count, char** words)
{
    cli::console streams;
    try {
        auto const command = cli::parse_runner_command_line({words + 1, words + count});
        return static_cast<int>(std::visit(run_command{streams}, command));
    } catch (...) {
        streams.err.write(cli::error_text(std::current_exception()));
        return static_cast<int>(cli::status_of(std::current_exception()));
    }
}
