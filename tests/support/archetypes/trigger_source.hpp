// The smallest type that is a trigger source: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_TRIGGER_SOURCE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_TRIGGER_SOURCE_HPP
#include <acrx/trigger/trigger_source.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct trigger_source_archetype
{
    trigger_source_archetype(trigger_source_archetype&&) = default;
    trigger_source_archetype& operator=(trigger_source_archetype&&) = default;
    net::awaitable<std::optional<trigger_event>> next();
    net::awaitable<void> acknowledge();
};
static_assert(trigger_source<trigger_source_archetype>);
}  // namespace acrx::testing
#endif
