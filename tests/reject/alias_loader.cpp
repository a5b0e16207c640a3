// Models that each break one requirement of the concept alias_loader; beside each what the message must name.
#include <acrx/task/alias_loader.hpp>

namespace acrx::testing {
template<alias_loader Model>
struct user
{};

struct archetype
{
    net::awaitable<std::string> load(std::string const& where);
};
static_assert(alias_loader<archetype>);

// Rejects an alias loader that blocks.
struct wrong_load : archetype
{
    std::string load(std::string const& where);
};
using rejects_load = user<wrong_load>;  // loader\.load\(where\)

// Rejects a alias loader that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
