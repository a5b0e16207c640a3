// Rejects an object client that cannot store.
#include <support/archetypes/object_client.hpp>

namespace acrx::testing {
struct model : object_client_archetype
{
#if defined(ACRX_REJECT)
    void put(std::string name, std::string bytes) = delete;
#endif
};

template<object_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
