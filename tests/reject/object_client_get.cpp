// Rejects an object client that blocks.
#include <support/archetypes/object_client.hpp>

namespace acrx::testing {
struct model : object_client_archetype
{
#if defined(ACRX_REJECT)
    std::string get(std::string name);
#endif
};

template<object_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
