// Models that each break one requirement of the concept clock; beside each what the message must name.
#include <support/archetypes/clock.hpp>

namespace acrx::testing {
template<clock Model>
struct user
{};

// Rejects a clock that tells the time in a unit of its own.
struct wrong_now : clock_archetype
{
    std::chrono::sys_seconds now() const;
};
using rejects_now = user<wrong_now>;  // c\.now\(

// Rejects a clock that cannot be copied.
struct wrong_copy : clock_archetype
{
    wrong_copy(wrong_copy const&) = delete;
};
using rejects_copy = user<wrong_copy>;  // copy_constructible|constructible_from
}  // namespace acrx::testing
