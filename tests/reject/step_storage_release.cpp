// Rejects a storage that is used for ever.
#include <support/archetypes/step_storage.hpp>

namespace acrx::testing {
struct model : step_storage_archetype
{
#if defined(ACRX_REJECT)
    void release() = delete;
#endif
};

template<step_storage Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
