// Rejects a cache admission that compares nothing.
#include <support/archetypes/cache_admission.hpp>

namespace acrx::testing {
struct model : cache_admission_archetype
{
#if defined(ACRX_REJECT)
    bool prefers(int id);
#endif
};

template<cache_admission Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
