// Models that each break one requirement of the concept step_storage; beside each what the message must name.
#include <support/archetypes/step_storage.hpp>

namespace acrx::testing {
template<step_storage Model>
struct user
{};

// Rejects a storage that nobody can be alone in.
struct wrong_enter : step_storage_archetype
{
    void enter();
};
using rejects_enter = user<wrong_enter>;  // s\.enter\(\)

// Rejects a storage that is used for ever.
struct wrong_release : step_storage_archetype
{
    void release() = delete;
};
using rejects_release = user<wrong_release>;  // s\.release\(\)
}  // namespace acrx::testing
