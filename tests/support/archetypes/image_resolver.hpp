// The smallest type that resolves images: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_IMAGE_RESOLVER_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_IMAGE_RESOLVER_HPP
#include <acrx/registry/image_resolver.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the member that the concept names and no others; nothing is defined.
struct image_resolver_archetype
{
    image_resolver_archetype(image_resolver_archetype&&) = default;
    image_resolver_archetype& operator=(image_resolver_archetype&&) = default;
    net::awaitable<std::optional<descriptor>> resolve(reference const& ref);
};
static_assert(image_resolver<image_resolver_archetype>);
}  // namespace acrx::testing
#endif
