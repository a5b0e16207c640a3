// Bodies of cli/detail/task_command_line.hpp.
#ifndef ACRX_CLI_IMPL_TASK_COMMAND_LINE_IPP
#define ACRX_CLI_IMPL_TASK_COMMAND_LINE_IPP
#include <acrx/cli/detail/task_command_line.hpp>
#include <acrx/cli/exit_status.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli::detail {
inline CLI::Option* add_texts(CLI::App& app, std::string const& name, std::vector<std::string>& into, std::string const& help)
{
    auto const append = [&into](std::string const& text) { into.push_back(text); };
    return app.add_option_function<std::string>(name, append, help)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->trigger_on_parse();
}

inline void choose_executor(std::string const& word, task_options& o)
{
    if (word == "oci" || word == "oci_runtime")
        o.executor = container_executor_kind::oci_runtime;
    else if (word == "docker" || word == "docker_engine")
        o.executor = container_executor_kind::docker;
    else
        throw usage_error("--executor: '" + word + "' is not one of oci, docker");
}

/// It names files and containers, and is a part of tags.
inline std::string checked_run_id(std::string const& id)
{
    constexpr std::size_t longest = 128;
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    bool const fits = id.find_first_not_of(std::string(letters) + "._-") == id.npos
                      && id.find_first_of(letters) == 0 && id.size() <= longest;
    if (!id.empty() && !fits)
        throw usage_error("--id: '" + id + "' cannot be the id of a run",
                          "Use up to 128 letters, digits, '.', '_' and '-', beginning with a letter or a digit.");
    return id;
}

ACRX_DECL void add_task_text_options(CLI::App& app, task_options& o)
{
    app.add_option_function<std::string>("-f,--file", [&o](std::string const& name) { o.file = name; },
                                         "The task file, counted from CONTEXT; - is standard input")
        ->type_name("FILE");
    app.add_option("--encoded-file", o.encoded_task, "A task in base64, instead of a file")->type_name("BASE64");
    app.add_option("--values", o.values_file, "A YAML file of values for templates, counted from CONTEXT")->type_name("FILE");
    app.add_option("--encoded-values", o.encoded_values, "Values in base64, instead of a file")->type_name("BASE64");
    add_texts(app, "--set", o.settings, "A value for templates: {{.Values.NAME}}")->type_name("NAME=TEXT");
    add_texts(app, "--set-secret", o.secret_settings, "The same for a text that is shown nowhere")->type_name("NAME=TEXT");
    add_texts(app, "--env", o.env, "A variable for all steps")->type_name("NAME=TEXT");
    app.add_option("-r,--registry", o.connection.registry, "The registry of the run: $Registry and {{.Run.Registry}}")
        ->type_name("HOST");
    app.add_option_function<std::string>("--id", [&o](std::string const& id) { o.id = checked_run_id(id); },
                                         "The id of the run: $ID and {{.Run.ID}}; else a new one")
        ->type_name("ID");
    app.add_option("--platform", o.connection.platform, "os/arch[/variant] of images and containers")->type_name("PLATFORM");
}

ACRX_DECL void add_task_run_options(CLI::App& app, task_options& o)
{
    app.add_flag_callback("--dry-run", [&o] { o.action = task_action::dry_run; }, "Show the steps, and run none");
    app.add_option_function<std::string>(
           "--graph",
           [&o](std::string const& form) {
               if (form != "text" && form != "dot" && form != "true")
                   throw usage_error("--graph: '" + form + "' is not one of text, dot");
               o.action = form == "dot" ? task_action::show_dot : task_action::show_graph;
           },
           "Show which step waits for which, and run none: text or dot")
        ->type_name("[FORM]")
        ->expected(0, 1)
        ->default_str("text");
    app.add_option_function<std::int64_t>(
           "--timeout",
           [&o](std::int64_t seconds) {
               if (seconds <= 0)
                   throw usage_error("--timeout must be more than 0 seconds");
               o.timeout = std::chrono::seconds(seconds);
           },
           "Seconds that the run may take; else 3600")
        ->type_name("SECONDS");
    app.add_option_function<std::string>("--executor", [&o](std::string const& word) { choose_executor(word, o); },
                                         "Where containers run: oci (crun or runc) or docker")
        ->type_name("EXECUTOR");
    app.add_flag("--no-cache", o.connection.no_cache, "Run every step of every build");
    app.add_flag("--no-logs", o.connection.no_logs, "Show the result only");
}
}  // namespace acrx::cli::detail
#endif
