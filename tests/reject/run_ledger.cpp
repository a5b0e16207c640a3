// Models that each break one requirement of the concept run_ledger; beside each what the message must name.
#include <acrx/run/memory_store.hpp>
#include <acrx/run/run_store.hpp>

namespace acrx::testing {
template<run_ledger Model>
struct user
{};

using archetype = memory_store;
static_assert(run_ledger<archetype>);

// Rejects a store that knows no repetition.
struct wrong_accept : archetype
{
    net::awaitable<std::vector<run_record>> accept(acceptance event);
};
using rejects_accept = user<wrong_accept>;  // store\.accept\(

// Rejects a store that always has a run to give.
struct wrong_claim : archetype
{
    net::awaitable<claimed_run> claim(run_claim claim);
};
using rejects_claim = user<wrong_claim>;  // store\.claim\(

// Rejects a store that does not say that a worker lost its run.
struct wrong_change : archetype
{
    net::awaitable<void> change(std::string id, std::uint64_t fence, run_change change);
};
using rejects_change = user<wrong_change>;  // store\.change\(

// Rejects a store that tells no worker to stop.
struct wrong_renew : archetype
{
    net::awaitable<void> renew(std::string worker, time_point until);
};
using rejects_renew = user<wrong_renew>;  // store\.renew\(

// Rejects a store that does not say what it recovered.
struct wrong_recover : archetype
{
    net::awaitable<void> recover(std::string worker, time_point now);
};
using rejects_recover = user<wrong_recover>;  // store\.recover\(

// Rejects a store that does not say what it cancelled.
struct wrong_cancel : archetype
{
    net::awaitable<void> cancel(std::string id, time_point now);
};
using rejects_cancel = user<wrong_cancel>;  // store\.cancel\(

// Rejects a store that does not say whose log it keeps.
struct wrong_archive : archetype
{
    net::awaitable<void> archive(std::string id, bool keep);
};
using rejects_archive = user<wrong_archive>;  // store\.archive\(

// Rejects a store in which every run is found.
struct wrong_find_run : archetype
{
    net::awaitable<run_record> find_run(std::string id);
};
using rejects_find_run = user<wrong_find_run>;  // store\.find_run\(

// Rejects a store that gives all runs at once.
struct wrong_runs : archetype
{
    net::awaitable<std::vector<run_record>> runs(run_query query);
};
using rejects_runs = user<wrong_runs>;  // store\.runs\(

// Rejects a store that knows only whether a pool has work.
struct wrong_count_queued : archetype
{
    net::awaitable<bool> count_queued(std::string pool);
};
using rejects_count_queued = user<wrong_count_queued>;  // store\.count_queued\(

// Rejects a store that keeps one mark.
struct wrong_marks : archetype
{
    net::awaitable<std::string> marks(std::string prefix);
};
using rejects_marks = user<wrong_marks>;  // store\.marks\(

// Rejects a store that always has an end to tell.
struct wrong_take_ended : archetype
{
    net::awaitable<run_record> take_ended(time_point now, time_point until);
};
using rejects_take_ended = user<wrong_take_ended>;  // store\.take_ended\(

// Rejects a store that tells the end of a run again and again.
struct wrong_set_due : archetype
{
    net::awaitable<void> set_due(std::string id, time_point when);
};
using rejects_set_due = user<wrong_set_due>;  // store\.set_due\(
}  // namespace acrx::testing
