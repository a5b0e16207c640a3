// Models that each break one requirement of the concept definition_store; beside each what the message must name.
#include <acrx/run/memory_store.hpp>
#include <acrx/run/run_store.hpp>

namespace acrx::testing {
template<definition_store Model>
struct user
{};

using archetype = memory_store;
static_assert(definition_store<archetype>);

// Rejects a store that saves no tasks.
struct wrong_save : archetype
{
    net::awaitable<void> save(agent_pool const& pool);
};
using rejects_save = user<wrong_save>;  // store\.save\(task\)

// Rejects a store in which every task is found.
struct wrong_find_task : archetype
{
    net::awaitable<task_definition> find_task(std::string name);
};
using rejects_find_task = user<wrong_find_task>;  // store\.find_task\(

// Rejects a store that counts tasks.
struct wrong_tasks : archetype
{
    net::awaitable<int> tasks();
};
using rejects_tasks = user<wrong_tasks>;  // store\.tasks\(

// Rejects a store that does not say whether a task was there.
struct wrong_remove_task : archetype
{
    net::awaitable<void> remove_task(std::string name);
};
using rejects_remove_task = user<wrong_remove_task>;  // store\.remove_task\(

// Rejects a store in which every pool is found.
struct wrong_find_pool : archetype
{
    net::awaitable<agent_pool> find_pool(std::string name);
};
using rejects_find_pool = user<wrong_find_pool>;  // store\.find_pool\(

// Rejects a store that counts pools.
struct wrong_pools : archetype
{
    net::awaitable<int> pools();
};
using rejects_pools = user<wrong_pools>;  // store\.pools\(

// Rejects a store that does not say whether a pool was there.
struct wrong_remove_pool : archetype
{
    net::awaitable<void> remove_pool(std::string name);
};
using rejects_remove_pool = user<wrong_remove_pool>;  // store\.remove_pool\(

// Rejects a store in which every named run is found.
struct wrong_find_named_run : archetype
{
    net::awaitable<named_run> find_named_run(std::string name);
};
using rejects_find_named_run = user<wrong_find_named_run>;  // store\.find_named_run\(

// Rejects a store that counts named runs.
struct wrong_named_runs : archetype
{
    net::awaitable<int> named_runs();
};
using rejects_named_runs = user<wrong_named_runs>;  // store\.named_runs\(

// Rejects a store that does not say whether a named run was there.
struct wrong_remove_named_run : archetype
{
    net::awaitable<void> remove_named_run(std::string name);
};
using rejects_remove_named_run = user<wrong_remove_named_run>;  // store\.remove_named_run\(

// Rejects a store that tells only how many tasks were edited.
struct wrong_edits : archetype
{
    net::awaitable<std::uint64_t> edits(std::uint64_t after);
};
using rejects_edits = user<wrong_edits>;  // store\.edits\(after\)
}  // namespace acrx::testing
