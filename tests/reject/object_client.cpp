// Models that each break one requirement of the concept object_client; beside each what the message must name.
#include <support/archetypes/object_client.hpp>

namespace acrx::testing {
template<object_client Model>
struct user
{};

// Rejects an object client that blocks.
struct wrong_get : object_client_archetype
{
    std::string get(std::string name);
};
using rejects_get = user<wrong_get>;  // o\.get\(name\)

// Rejects an object client that cannot store.
struct wrong_put : object_client_archetype
{
    void put(std::string name, std::string bytes) = delete;
};
using rejects_put = user<wrong_put>;  // o\.put\(name, bytes\)
}  // namespace acrx::testing
