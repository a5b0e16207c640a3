// Rejects a cache admission that stays where it is.
#include <support/archetypes/cache_admission.hpp>

namespace acrx::testing {
struct model : cache_admission_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<cache_admission Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
