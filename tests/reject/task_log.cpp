// Models that each break one requirement of the concept task_log; beside each what the message must name.
#include <acrx/task/task_event.hpp>

namespace acrx::testing {
template<task_log Model>
struct user
{};

struct archetype
{
    void operator()(task_event const& event);
};
static_assert(task_log<archetype>);

// Rejects a task log that takes only text.
struct wrong_call : archetype
{
    void operator()(std::string const& line);
};
using rejects_call = user<wrong_call>;  // invocable|invoke

// Rejects a task log that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
