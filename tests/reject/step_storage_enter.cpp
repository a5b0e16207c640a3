// Rejects a storage that nobody can be alone in.
#include <support/archetypes/step_storage.hpp>

namespace acrx::testing {
struct model : step_storage_archetype
{
#if defined(ACRX_REJECT)
    void enter();
#endif
};

template<step_storage Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
