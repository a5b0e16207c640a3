// Rejects a context source that says nothing about what it fetched.
#include <support/archetypes/context_source.hpp>

namespace acrx::testing {
struct model : context_source_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<void> fetch(std::filesystem::path const& into);
#endif
};

template<context_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
