// Models that each break one requirement of the concept image_resolver; beside each what the message must name.
#include <support/archetypes/image_resolver.hpp>

namespace acrx::testing {
template<image_resolver Model>
struct user
{};

// Rejects a resolver that takes every image to be there.
struct wrong_resolve : image_resolver_archetype
{
    net::awaitable<descriptor> resolve(reference const& ref);
};
using rejects_resolve = user<wrong_resolve>;  // r\.resolve\(ref\)

// Rejects a resolver that cannot be moved.
struct wrong_move : image_resolver_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
