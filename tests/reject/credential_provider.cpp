// Models that each break one requirement of the concept credential_provider; beside each what the message must name.
#include <support/archetypes/credential_provider.hpp>

namespace acrx::testing {
template<credential_provider Model>
struct user
{};

// Rejects a credential provider that blocks its caller.
struct wrong_find : credential_provider_archetype
{
    credential find(std::string const& host);
};
using rejects_find = user<wrong_find>;  // p\.find\(host\)

// Rejects a credential provider that cannot be moved.
struct wrong_move : credential_provider_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
