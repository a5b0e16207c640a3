// Models that each break one requirement of the concept step_executor; beside each what the message must name.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
template<step_executor Model>
struct user
{};

// Rejects a step executor that names its steps itself.
struct wrong_submit : step_executor_archetype
{
    net::awaitable<step_key> submit(step_spec const& spec);
};
using rejects_submit = user<wrong_submit>;  // e\.submit\(spec, key\)

// Rejects a step executor that knows only an exit status.
struct wrong_observe : step_executor_archetype
{
    net::awaitable<int> observe(step_key const& key);
};
using rejects_observe = user<wrong_observe>;  // e\.observe\(key\)

// Rejects a step executor that has no offset to resume a log from.
struct wrong_log : step_executor_archetype
{
    net::awaitable<step_output> log(step_key const& key);
};
using rejects_log = user<wrong_log>;  // e\.log\(key, offset\)

// Rejects a step executor that cancels without a time of grace.
struct wrong_cancel : step_executor_archetype
{
    net::awaitable<void> cancel(step_key const& key);
};
using rejects_cancel = user<wrong_cancel>;  // e\.cancel\(key, grace\)

// Rejects a step executor that lists without a prefix.
struct wrong_list : step_executor_archetype
{
    net::awaitable<std::vector<step_key>> list();
};
using rejects_list = user<wrong_list>;  // e\.list\(prefix\)

// Rejects a step executor that forgets in the background.
struct wrong_forget : step_executor_archetype
{
    void forget(step_key const& key);
};
using rejects_forget = user<wrong_forget>;  // e\.forget\(key\)

// Rejects a step executor that cannot be moved.
struct wrong_move : step_executor_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
