// The smallest type that is a cache admission: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CACHE_ADMISSION_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CACHE_ADMISSION_HPP
#include <acrx/replacement/cache_admission.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct cache_admission_archetype
{
    using id_type = int;
    cache_admission_archetype(cache_admission_archetype&&) = default;
    cache_admission_archetype& operator=(cache_admission_archetype&&) = default;
    void note(int id);
    bool admits(int id, entry_cost cost);
    bool prefers(int id, int other);
};
static_assert(cache_admission<cache_admission_archetype>);
}  // namespace acrx::testing
#endif
