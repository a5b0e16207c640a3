// Models that each break one requirement of the concept secret_resolver; beside each what the message must name.
#include <acrx/identity/secret_resolver.hpp>

namespace acrx::testing {
template<secret_resolver Model>
struct user
{};

struct archetype
{
    net::awaitable<std::string> resolve(secret_reference const& reference);
};
static_assert(secret_resolver<archetype>);

// Rejects a secret resolver that blocks.
struct wrong_resolve : archetype
{
    std::string resolve(secret_reference const& reference);
};
using rejects_resolve = user<wrong_resolve>;  // secrets\.resolve\(reference\)

// Rejects a secret resolver that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
