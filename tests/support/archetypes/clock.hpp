// The smallest type that is a clock: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CLOCK_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CLOCK_HPP
#include <acrx/core/clock.hpp>

namespace acrx::testing {
/// Can be copied and asked for the time; not defined.
struct clock_archetype
{
    time_point now() const;
};
static_assert(clock<clock_archetype>);
}  // namespace acrx::testing
#endif
