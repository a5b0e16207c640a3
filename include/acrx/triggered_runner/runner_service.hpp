// The operations of a runner, for all who offer them: an HTTP server, a command line, a program.
#ifndef ACRX_TRIGGERED_RUNNER_RUNNER_SERVICE_HPP
#define ACRX_TRIGGERED_RUNNER_RUNNER_SERVICE_HPP

#include <acrx/core/clock.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/trigger/base_image_watch.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>
#include <acrx/triggered_runner/bell.hpp>
#include <acrx/triggered_runner/follow_tasks.hpp>
#include <acrx/triggered_runner/plan_runs.hpp>
#include <acrx/triggered_runner/run_engine.hpp>
#include <acrx/triggered_runner/task_table.hpp>
#include <acrx/triggered_runner/trigger_overview.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace acrx {
/// What came of an event.
struct accepted_event
{
    bool is_repeat = false;                ///< it was accepted before: nothing was done
    std::vector<run_record> runs = {};     ///< that it starts
    std::vector<std::string> passed = {};  ///< for each task that looked at it and does not run, why
};

/// A place for a context that a client sends.
struct upload_slot
{
    std::string relative_path;   ///< what a request names as its context: `source/ID.tar.gz`
    std::filesystem::path file;  ///< where its bytes are to be written
};

/// Where a runner keeps what is not in its store; both are made when they are needed.
struct runner_folders
{
    std::filesystem::path logs;
    std::filesystem::path uploads;
};

/// Stores tasks, schedules and cancels runs, accepts events, reads logs.
///
/// @tparam Store  keeps tasks and runs
/// @tparam Clock  for the times in records
///
/// A call that changes something is durable when it returns. Names count in any case of letters. Copies share one state.
/// @par Thread safety
/// Shared objects: one strand.
template<run_store Store, acrx::clock Clock>
class basic_runner_service
{
public:
    basic_runner_service(Store store, runner_folders folders, Clock clock = {});

    /// Adds a task or replaces the one of its name. Keeps `created` of the latter.
    /// @return what was stored  @throws error (`errc::invalid_argument`, `errc::syntax`) as `check_task`
    net::awaitable<task_definition> save_task(task_definition task);
    net::awaitable<std::optional<task_definition>> find_task(std::string name);
    /// All, by name.
    net::awaitable<std::vector<task_definition>> tasks();
    /// Whether there was one. Its runs and their logs stay.
    net::awaitable<bool> remove_task(std::string name);

    /// Records a run of what a person asks for, and queues it.
    /// @param requester  who asks; for the record
    /// @throws error (`errc::not_found`) for a task, upload or pool that is not there; `errc::invalid_argument`
    net::awaitable<run_record> schedule(run_request request, std::string requester = {});
    net::awaitable<std::optional<run_record>> find_run(std::string id);
    net::awaitable<run_page> runs(run_query query);
    /// Ends a run; one that is over stays as it is. The run may go on for a moment: see `wait_for_run`.
    /// @throws error (`errc::not_found`)
    net::awaitable<run_record> cancel(std::string id);
    /// @throws error (`errc::not_found`)
    net::awaitable<run_record> archive(std::string id, bool keep);
    /// Waits until the run is over, at most `longest`; gives what it is then.
    /// @throws error (`errc::not_found`)
    net::awaitable<run_record> wait_for_run(std::string id, std::chrono::milliseconds longest);

    /// A run that is over and whose end is to be told by now, the longest due first. It is due again after `patience`,
    /// should whoever took it tell nobody.
    net::awaitable<std::optional<run_record>> take_ended(std::chrono::seconds patience);
    /// Its end is told, or is to be told later.
    net::awaitable<void> set_due(std::string id, std::optional<time_point> when);
    /// Rings after each change of tasks, pools and runs that this process makes.
    bell changed() const;

    /// Accepts an event of a webhook, a registry or another source: records the runs of all tasks that it starts.
    net::awaitable<accepted_event> accept(trigger_event event);

    /// Bytes of a log from `offset` on. With `wait`: waits until there are some, or the run is over, or `wait` has passed.
    /// @throws error (`errc::not_found`) for a run that is not there
    net::awaitable<log_piece> read_log(std::string id, std::uint64_t offset, std::size_t limit = std::size_t{1} << 20,
                                       std::chrono::milliseconds wait = {});
    /// Adds a line to the log of a run, about it and not of it. A log that cannot be written is none. @param line  without secrets
    void note(std::string const& id, std::string const& line) noexcept;
    /// Bytes in the log of a run now; 0 without one.
    std::uint64_t log_size(std::string const& id) const;
    /// The steps of a run as `to_json` of `tracked_step` gives them; empty before they are known. @throws error
    std::string steps_of(std::string const& id) const;

    /// A new place for a context.
    upload_slot reserve_upload();
    /// The file of an upload, there or not; nothing if the path is none that `reserve_upload` gave.
    std::optional<std::filesystem::path> find_upload(std::string const& relative_path) const;
    /// Removes an upload unless a run that is not over, a task or a named run still names it.
    net::awaitable<void> remove_upload(std::string relative_path);
    /// The same for all uploads that were made before `age`, and for what is left of those that broke off.
    net::awaitable<void> remove_old_uploads(std::chrono::seconds age);

    /// @throws error (`errc::invalid_argument`)
    net::awaitable<agent_pool> save_pool(agent_pool pool);
    net::awaitable<std::optional<agent_pool>> find_pool(std::string name);
    net::awaitable<std::vector<agent_pool>> pools();
    /// @throws error (`operation_in_progress`) while runs wait in it, which nobody would run then
    net::awaitable<bool> remove_pool(std::string name);
    /// Runs that wait in a pool; empty is the runner's own.
    net::awaitable<std::size_t> count_queued(std::string pool);

    /// Saves a named run, and runs it if it is new or has another `force_update_tag`; `run` is filled in.
    net::awaitable<named_run> save_named_run(named_run run, std::string requester = {});
    net::awaitable<std::optional<named_run>> find_named_run(std::string name);
    net::awaitable<std::vector<named_run>> named_runs();
    net::awaitable<bool> remove_named_run(std::string name);

    /// What sources of triggers need to know, see `follow_tasks`: what has changed since the last call, by whomever, or
    /// with `all` everything. Costs what has changed.
    net::awaitable<task_changes> changes(bool all);
    /// The tasks with a source trigger on the repository, or with any if it is empty.
    net::awaitable<std::vector<known_task>> tasks_on(std::string repository_url);
    /// What starts which task next.
    net::awaitable<trigger_overview> triggers();

private:
    template<trigger_source T, run_store S, run_engine E, acrx::clock C>
    friend class basic_triggered_runner;
    struct state;

    net::awaitable<void> catch_up();
    net::awaitable<void> load_all();
    net::awaitable<void> take_edit(std::string name);
    net::awaitable<std::string> take_mark(std::string name);
    net::awaitable<bool> is_overtaken(shared_marks refused);
    net::awaitable<std::set<std::string>> used_uploads();
    void check_upload(std::string const& context) const;
    net::awaitable<new_run> plan(run_request request, run_cause cause);
    net::awaitable<std::vector<run_record>> record(acceptance event);
    net::awaitable<std::optional<accepted_event>> accept_alone(trigger_event const& event);
    void hurry(image_update const& update);

    std::shared_ptr<state> state_;
};
}  // namespace acrx

#include <acrx/triggered_runner/impl/runner_service.hpp>
#include <acrx/triggered_runner/impl/runner_overview.hpp>
#include <acrx/triggered_runner/impl/runner_tasks.hpp>
#include <acrx/triggered_runner/impl/runner_uploads.hpp>
#include <acrx/triggered_runner/impl/runner_service_logs.hpp>
#endif
