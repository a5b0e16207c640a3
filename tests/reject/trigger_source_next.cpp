// Rejects a trigger source whose next event is no optional.
#include <support/archetypes/trigger_source.hpp>

namespace acrx::testing {
struct model : trigger_source_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<trigger_event> next();
#endif
};

template<trigger_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
