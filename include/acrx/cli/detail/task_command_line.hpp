// The options of `acrx-quick run`, `exec` and `render` on the command line.
#ifndef ACRX_CLI_DETAIL_TASK_COMMAND_LINE_HPP
#define ACRX_CLI_DETAIL_TASK_COMMAND_LINE_HPP

#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>

namespace CLI {
class App;
}

namespace acrx::cli::detail {
/// What the text of a task depends on: file, values, context.
ACRX_DECL void add_task_text_options(CLI::App& app, task_options& o);
/// How it is run.
ACRX_DECL void add_task_run_options(CLI::App& app, task_options& o);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/task_command_line.ipp>
#endif
#endif
