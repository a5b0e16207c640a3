// The smallest type that is a context source: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CONTEXT_SOURCE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CONTEXT_SOURCE_HPP
#include <acrx/context/context_source.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct context_source_archetype
{
    context_source_archetype(context_source_archetype&&) = default;
    context_source_archetype& operator=(context_source_archetype&&) = default;
    static constexpr std::string_view scheme = "archetype";
    net::awaitable<build_context> fetch(std::filesystem::path const& into);
};
static_assert(context_source<context_source_archetype>);
}  // namespace acrx::testing
#endif
