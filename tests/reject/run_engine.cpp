// Models that each break one requirement of the concept run_engine; beside each what the message must name.
#include <acrx/triggered_runner/run_engine.hpp>

namespace acrx::testing {
template<run_engine Model>
struct user
{};

struct archetype
{
    net::awaitable<run_outcome> run(run_order const& order, run_output output);
};
static_assert(run_engine<archetype>);

// Rejects a run engine that has nowhere to write to.
struct wrong_run : archetype
{
    net::awaitable<run_outcome> run(run_order const& order);
};
using rejects_run = user<wrong_run>;  // engine\.run\(order, output\)

// Rejects a run engine that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
