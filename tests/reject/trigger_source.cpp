// Models that each break one requirement of the concept trigger_source; beside each what the message must name.
#include <support/archetypes/trigger_source.hpp>

namespace acrx::testing {
template<trigger_source Model>
struct user
{};

// Rejects a trigger source whose next event is no optional.
struct wrong_next : trigger_source_archetype
{
    net::awaitable<trigger_event> next();
};
using rejects_next = user<wrong_next>;  // source\.next\(\)

// Rejects a trigger source whose events cannot be acknowledged.
struct wrong_acknowledge : trigger_source_archetype
{
    void acknowledge();
};
using rejects_acknowledge = user<wrong_acknowledge>;  // source\.acknowledge\(\)

// Rejects a trigger source that cannot be moved.
struct wrong_move : trigger_source_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
