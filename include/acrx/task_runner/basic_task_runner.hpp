// The task runner: builds, pushes and containers, in the order that the task says.
#ifndef ACRX_TASK_RUNNER_BASIC_TASK_RUNNER_HPP
#define ACRX_TASK_RUNNER_BASIC_TASK_RUNNER_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/executor/container_executor.hpp>
#include <acrx/identity/secret_resolver.hpp>
#include <acrx/task_runner/image_builder.hpp>
#include <acrx/task/dependency_report.hpp>
#include <acrx/task/home_files.hpp>
#include <acrx/task/run_variables.hpp>
#include <acrx/task/step_schedule.hpp>
#include <acrx/task/task_event.hpp>
#include <acrx/task/task_file.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace acrx {
/// The text of a task file.
struct task_text
{
    std::string name;  ///< how it is called, for messages
    std::string text;
};
/// A task file of the context.
struct task_path
{
    std::filesystem::path path = "acb.yaml";
};
/// Where the steps come from: a text, a file of the context, or a task that was made by a program.
using task_source = std::variant<task_path, task_text, task_file>;

/// What a task runner is to do.
struct task_request
{
    task_source task = {};
    task_data data = {};                ///< variables, values and secrets; date, commit and branch are filled in
    std::filesystem::path values_file = {};  ///< of the context, below `data.values`; empty for none
    std::vector<std::string> env = {};  ///< `K=V` for each step, below those of the task
    build_request building = {};        ///< what build steps begin with: platforms, and so on
    context_options fetching = {};      ///< how contexts of build steps are fetched
    acrx::platform platform = host_platform();    ///< of containers
    acrx::home_files home_files = {};  ///< what steps find in their HOME; may change while the run goes on
    std::filesystem::path engine_socket = {};     ///< shown to steps as /var/run/docker.sock; empty for none
    bool reads_secrets = true;  ///< without, each stands for itself as `***`: for a look at a task
    bool only_text = false;  ///< `prepare` fills in the templates and stops there: the text need not be a task
};

/// A task, ready to be run: everything is rendered, parsed and checked.
struct prepared_task
{
    task_file task;
    std::string text;                 ///< of its file, all templates filled in; empty if it has none
    std::vector<std::string> hidden;  ///< what nobody may see: secrets
    build_context context;
};

/// How a step ended.
struct step_report
{
    std::string id;
    step_kind kind = step_kind::cmd;
    step_status status = step_status::skipped;
    std::optional<time_point> started;
    std::optional<time_point> ended;
    unsigned attempts = 0;
    std::string error;  ///< why it failed; without secrets
};

/// How a run ended.
struct task_result
{
    bool succeeded = false;
    bool is_canceled = false;
    std::vector<step_report> steps;  ///< in the order of the task
    std::vector<image_dependencies> dependencies;  ///< of the images that were built
    std::vector<reference> pushed;   ///< with their digests
    std::string commit;              ///< of the context; empty if it is no repository
    time_point started{};
    time_point ended{};
};

/// Runs tasks: builds, pushes, and commands in containers that share a workspace and a network.
///
/// @tparam Context    where the files and perhaps the task come from
/// @tparam Builder    what build steps do
/// @tparam Executor   where containers run
/// @tparam Registry   where their images come from, and where push steps push to
/// @tparam Snapshots  what makes root filesystems of layers
/// @tparam Secrets    what resolves the secrets that a task names
/// @tparam Clock      for the times of the record
/// @tparam Log        takes events and output
///
/// Steps write to a copy of the context, unless it was fetched anyway, or no step runs a container.
/// Owns its policies. Must stay in place while `run` is awaited.
/// @par Thread safety
/// Distinct objects: safe, also on one state folder and in several processes. One object: one strand, one `run` at a time.
///
///     acrx::basic_task_runner runner{home, context, builder, runtime, client, snapshots, secrets, clock, log, pool};
///     auto result = co_await runner.run({.task = acrx::task_text{"task.yaml", text}});
template<context_source Context, image_builder Builder, container_executor Executor, registry_client Registry,
         snapshotter Snapshots, secret_resolver Secrets, clock Clock, task_log Log>
class basic_task_runner
{
public:
    /// @param state  of this machine: images, unpacked layers, what runs leave
    /// @param pool   the executor of a thread pool, for work that keeps a processor busy
    basic_task_runner(state_folder state, Context context, Builder builder, Executor executor, Registry registry,
                      Snapshots snapshots, Secrets secrets, Clock clock, Log log, net::any_io_executor pool);

    /// Fetches the context into `scratch`, and renders and checks the task; runs nothing.
    /// @param scratch  an empty folder, which is made if it is missing
    /// @throws task_error  with the place in the task file, for what is wrong there
    /// @throws error       for everything else
    net::awaitable<prepared_task> prepare(task_request request, std::filesystem::path scratch);

    /// Runs a task to its end. A step that fails is no error: it is in the result.
    ///
    /// First removes what runs have left whose process was killed.
    /// When the caller is cancelled, all steps are stopped, and the result says so. Whichever way it ends: no process,
    /// network or mount is left, and nothing half-written.
    /// @throws as `prepare`; error for what fails outside of all steps
    net::awaitable<task_result> run(task_request request);

private:
    net::awaitable<void> resolve_secrets(std::vector<secret_definition> definitions, task_data& data);

    state_folder state_;
    Context context_;
    Builder builder_;
    Executor executor_;
    Registry registry_;
    Snapshots snapshots_;
    Secrets secrets_;
    Clock clock_;
    Log log_;
    net::any_io_executor pool_;
};
}  // namespace acrx

#include <acrx/task_runner/impl/basic_task_runner.hpp>
#endif
