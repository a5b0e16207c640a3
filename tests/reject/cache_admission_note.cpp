// Rejects a cache admission that must not be told what is asked for.
#include <support/archetypes/cache_admission.hpp>

namespace acrx::testing {
struct model : cache_admission_archetype
{
#if defined(ACRX_REJECT)
    void note(int id) = delete;
#endif
};

template<cache_admission Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
