// Models that each break one requirement of the concept token_source; beside each what the message must name.
#include <support/archetypes/token_source.hpp>

namespace acrx::testing {
template<token_source Model>
struct user
{};

// Rejects a token source that blocks.
struct wrong_get : token_source_archetype
{
    access_token get(token_request request);
};
using rejects_get = user<wrong_get>;  // source\.get\(request\)

// Rejects a token source that cannot be moved.
struct wrong_move : token_source_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
