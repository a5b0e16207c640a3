// The smallest type that is a storage of steps: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_STEP_STORAGE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_STEP_STORAGE_HPP
#include <acrx/cache/step_storage.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct step_storage_archetype
{
    struct turn
    {
        std::vector<cache_event> news();
        void write(std::span<cache_event const> events);
        bool is_used(digest const& key);
        bool erase(digest const& key);
    };
    step_storage_archetype(step_storage_archetype&&) = default;
    step_storage_archetype& operator=(step_storage_archetype&&) = default;
    net::awaitable<std::optional<cached_step>> find(digest key);
    net::awaitable<void> store(digest key, cached_step step);
    turn enter();
    void release();
};
static_assert(step_storage<step_storage_archetype>);
}  // namespace acrx::testing
#endif
