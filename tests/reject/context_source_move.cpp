// Rejects a context source that cannot be moved.
#include <support/archetypes/context_source.hpp>

namespace acrx::testing {
struct model : context_source_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<context_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
