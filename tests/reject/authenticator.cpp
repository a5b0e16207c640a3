// Models that each break one requirement of the concept authenticator; beside each what the message must name.
#include <acrx/server/authenticator.hpp>

namespace acrx::testing {
template<authenticator Model>
struct user
{};

struct archetype
{
    net::awaitable<std::optional<caller>> find(std::string token) const;
};
static_assert(authenticator<archetype>);

// Rejects an authenticator that knows only yes and no.
struct wrong_find : archetype
{
    net::awaitable<bool> find(std::string token) const;
};
using rejects_find = user<wrong_find>;  // who\.find\(token\)

// Rejects an authenticator that cannot be copied.
struct wrong_copy : archetype
{
    wrong_copy(wrong_copy const&) = delete;
};
using rejects_copy = user<wrong_copy>;  // copy_constructible|constructible_from
}  // namespace acrx::testing
