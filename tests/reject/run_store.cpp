// Models that each break one requirement of the concept run_store; beside each what the message must name.
#include <acrx/run/memory_store.hpp>
#include <acrx/run/run_store.hpp>

namespace acrx::testing {
template<run_store Model>
struct user
{};

using archetype = memory_store;
static_assert(run_store<archetype>);

// Rejects a store that cannot be copied.
struct wrong_copy : archetype
{
    wrong_copy(wrong_copy const&) = delete;
};
using rejects_copy = user<wrong_copy>;  // copy_constructible|constructible_from
}  // namespace acrx::testing
