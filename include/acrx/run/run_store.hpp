// The concept of what keeps tasks and runs: every call is durable when it returns.
#ifndef ACRX_RUN_RUN_STORE_HPP
#define ACRX_RUN_RUN_STORE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/run/agent_pool.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/run/run_query.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/run/task_definition.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// A run to record. The store gives it its id and number.
struct new_run
{
    run_record record = {};
    run_request request = {};
};

/// Names and values that those who accept events remember things by, such as the last tick of a timer.
/// In a change, an empty value removes the name.
using run_marks = std::map<std::string, std::string>;

/// What a mark is to become that several runners keep: nothing is changed if another one was quicker.
struct mark_change
{
    std::string before = {};  ///< what the writer knows; empty: there is none
    std::string now = {};     ///< not empty

    bool operator==(mark_change const&) const = default;
};
/// By name. `edits` tells of them.
using shared_marks = std::map<std::string, mark_change>;

/// What comes of one event: recorded as a whole, or not at all.
struct acceptance
{
    std::vector<std::string> keys = {};  ///< of the event; empty ones do not count. If one is known, all is a repetition
    std::vector<new_run> runs = {};
    run_marks marks = {};
    shared_marks shared = {};
    std::optional<named_run> named = {};  ///< saved with the id of the only run
    time_point at{};
};

/// A worker that has room for a run.
struct run_claim
{
    std::string worker = {};
    std::string pool = {};
    time_point at{};
    time_point until{};  ///< the end of its lease, unless it is renewed
};

/// A run that a worker has. The fence tells it from earlier and later workers on the same run.
struct claimed_run
{
    run_record record = {};
    run_request request = {};
    std::uint64_t fence = 0;
};

/// A step in a run's life. What is final also says what came out; its request, and the secrets in it, are dropped.
struct run_change
{
    run_status status = run_status::running;
    time_point at{};
    std::string error = {};
    std::vector<output_image> outputs = {};
    std::vector<image_dependencies> dependencies = {};
    std::string commit = {};
    std::optional<output_image> log_image = {};
    shared_marks shared = {};
};

/// What was edited after some moment.
struct task_edits
{
    std::uint64_t last = 0;               ///< number of the newest edit: what to ask from the next time
    std::vector<std::string> names = {};  ///< of tasks that were saved or removed, in small letters, each once
    std::vector<std::string> marks = {};  ///< names of shared marks, each once
};

/// How long the keys of events are remembered.
inline constexpr std::chrono::hours event_memory{72};

/// A type that keeps what people define: tasks, pools, named runs. Names count in any case of letters.
///
/// | for `S store`, `N const& name`                       | is                         | means                      |
/// |------------------------------------------------------|----------------------------|----------------------------|
/// | `store.save(x)`, of each of the three                | an `awaitable<void>`       | adds it, or replaces the one of its name |
/// | `store.find_task(name)`, `find_pool`, `find_named_run` | an `awaitable<optional<…>>` | one of them              |
/// | `store.tasks()`, `pools()`, `named_runs()`           | an `awaitable<vector<…>>`  | all, by name               |
/// | `store.remove_task(name)`, `remove_pool`, `remove_named_run` | an `awaitable<bool>` | whether there was one      |
/// | `store.edits(after)`                                 | an `awaitable<task_edits>` | what anybody edited after the edit of this number |
template<class S>
concept definition_store = requires(S store, std::string name, task_definition task, agent_pool pool, named_run run,
                                    std::uint64_t after) {
    { store.save(task) } -> awaits_to<void>;
    { store.find_task(name) } -> awaits_to<std::optional<task_definition>>;
    { store.tasks() } -> awaits_to<std::vector<task_definition>>;
    { store.remove_task(name) } -> awaits_to<bool>;
    { store.save(pool) } -> awaits_to<void>;
    { store.find_pool(name) } -> awaits_to<std::optional<agent_pool>>;
    { store.pools() } -> awaits_to<std::vector<agent_pool>>;
    { store.remove_pool(name) } -> awaits_to<bool>;
    { store.save(run) } -> awaits_to<void>;
    { store.find_named_run(name) } -> awaits_to<std::optional<named_run>>;
    { store.named_runs() } -> awaits_to<std::vector<named_run>>;
    { store.remove_named_run(name) } -> awaits_to<bool>;
    { store.edits(after) } -> awaits_to<task_edits>;
};

/// A type that keeps runs. Each call is one conditional change: it happens as a whole, or not at all.
///
/// | for `S store`                     | is                                           | means                                |
/// |-----------------------------------|----------------------------------------------|--------------------------------------|
/// | `store.accept(acceptance)`        | an `awaitable<optional<vector<run_record>>>` | records runs; nothing for a repetition, or if a shared mark is not what it was |
/// | `store.claim(claim)`              | an `awaitable<optional<claimed_run>>`        | gives the first queued run of the pool, now `started`: highest priority, then oldest |
/// | `store.change(id, fence, change)` | an `awaitable<bool>`                         | false if the worker lost the run, the status may not follow, or a shared mark is not what it was |
/// | `store.renew(worker, until)`      | an `awaitable<vector<string>>`               | prolongs its leases; gives its runs whose end was asked for |
/// | `store.recover(worker, now)`      | an `awaitable<vector<run_record>>`           | ends the claims of `worker` and those that ran out: what was `started` is queued again, what was `running` ends with `error`; gives these runs |
/// | `store.cancel(id, now)`           | an `awaitable<optional<run_record>>`         | a queued run ends; for one that goes on its worker is told; nothing if there is none |
/// | `store.archive(id, keep)`         | an `awaitable<optional<run_record>>`         | whether its log is kept for good     |
/// | `store.find_run(id)`              | an `awaitable<optional<run_record>>`         |                                      |
/// | `store.runs(query)`               | an `awaitable<run_page>`                     | newest first                         |
/// | `store.count_queued(pool)`        | an `awaitable<size_t>`                       |                                      |
/// | `store.marks(prefix)`             | an `awaitable<run_marks>`                    | all whose name begins so             |
/// | `store.take_ended(now, until)`    | an `awaitable<optional<run_record>>`         | a run that ended and whose end is to be told by now, the longest due first: due again at `until` |
/// | `store.set_due(id, when)`         | an `awaitable<void>`                         | when its end is to be told: never again with nothing |
///
/// The end of each run, whoever ends it, is due to be told from then on until `set_due` says otherwise.
template<class S>
concept run_ledger = requires(S store, acceptance event, run_claim claim, run_change change, run_query query,
                              std::string text, std::uint64_t fence, time_point at, std::optional<time_point> when, bool keep) {
    { store.accept(event) } -> awaits_to<std::optional<std::vector<run_record>>>;
    { store.claim(claim) } -> awaits_to<std::optional<claimed_run>>;
    { store.change(text, fence, change) } -> awaits_to<bool>;
    { store.renew(text, at) } -> awaits_to<std::vector<std::string>>;
    { store.recover(text, at) } -> awaits_to<std::vector<run_record>>;
    { store.cancel(text, at) } -> awaits_to<std::optional<run_record>>;
    { store.archive(text, keep) } -> awaits_to<std::optional<run_record>>;
    { store.find_run(text) } -> awaits_to<std::optional<run_record>>;
    { store.runs(query) } -> awaits_to<run_page>;
    { store.count_queued(text) } -> awaits_to<std::size_t>;
    { store.marks(text) } -> awaits_to<run_marks>;
    { store.take_ended(at, at) } -> awaits_to<std::optional<run_record>>;
    { store.set_due(text, when) } -> awaits_to<void>;
};

/// A type that keeps tasks and runs.
///
/// What a call wrote survives the end of the process, and for a model that says so a power failure, once the call has
/// returned. Copies share what they keep. Calls may be made at once; a call that is cancelled has happened or not.
/// Every call throws `error` if the medium fails, and has changed nothing then.
/// @see memory_store, sqlite_store, postgres_store
template<class S>
concept run_store = std::copy_constructible<S> && definition_store<S> && run_ledger<S>;
}  // namespace acrx
#endif
