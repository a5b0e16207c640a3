// The options of `acrx-quick run`, `exec` and `render`, as values.
#ifndef ACRX_CLI_TASK_OPTIONS_HPP
#define ACRX_CLI_TASK_OPTIONS_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/exit_status.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx::cli {
/// What a command does with a task.
enum class task_action
{
    run,
    dry_run,     ///< shows what would run
    show_graph,  ///< as text
    show_dot,    ///< in the language of Graphviz
    render,      ///< shows the text with all templates filled in
};

/// Where containers run.
enum class container_executor_kind
{
    oci_runtime,
    docker,
};

/// A task and what it is run with, as given: nothing is looked up yet.
struct task_options
{
    task_action action = task_action::run;
    std::string context = ".";
    std::optional<std::string> file;     ///< in the context; `-` is standard input; nothing is `default_file`
    std::string default_file = "acb.yaml";
    std::string command;                 ///< `--cmd`: one container instead of a task file
    std::string encoded_task;            ///< base64 of a task, instead of a file; empty for none
    std::string values_file;             ///< in the context; empty for none
    std::string encoded_values;          ///< base64 of a values file, instead of a file; empty for none
    std::vector<std::string> settings;         ///< `NAME=TEXT`
    std::vector<std::string> secret_settings;  ///< the same, shown nowhere
    std::vector<std::string> env;              ///< `K=V`
    std::string id;                      ///< of the run; empty for a new one
    std::optional<std::chrono::seconds> timeout;
    container_executor_kind executor = container_executor_kind::oci_runtime;
    build_options connection;  ///< its registries, platform, output, executor of RUN steps and state folder
};

namespace detail {
/// @throws usage_error  if a task or its values are given twice
inline void check_task_sources(task_options const& options)
{
    if (!options.command.empty() && options.file)
        throw usage_error("run: either --cmd COMMAND or -f FILE, but not both", {});
    if (!options.encoded_task.empty() && (!options.command.empty() || options.file))
        throw usage_error("run: --encoded-file is the task: leave out -f and --cmd", {});
    if (!options.encoded_values.empty() && !options.values_file.empty())
        throw usage_error("run: either --encoded-values or --values, but not both", {});
}
}  // namespace detail
}  // namespace acrx::cli
#endif
