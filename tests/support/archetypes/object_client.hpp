// The smallest type that is an object client: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_OBJECT_CLIENT_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_OBJECT_CLIENT_HPP
#include <acrx/cache/object_cache.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct object_client_archetype
{
    object_client_archetype(object_client_archetype&&) = default;
    object_client_archetype& operator=(object_client_archetype&&) = default;
    net::awaitable<std::optional<std::string>> get(std::string name);
    net::awaitable<void> put(std::string name, std::string bytes);
};
static_assert(object_client<object_client_archetype>);
}  // namespace acrx::testing
#endif
