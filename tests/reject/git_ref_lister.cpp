// Models that each break one requirement of the concept git_ref_lister; beside each what the message must name.
#include <acrx/trigger/git_refs.hpp>

namespace acrx::testing {
template<git_ref_lister Model>
struct user
{};

struct archetype
{
    net::awaitable<git_refs> list(std::string const& url, std::string const& token);
};
static_assert(git_ref_lister<archetype>);

// Rejects a lister that cannot reach private repositories.
struct wrong_list : archetype
{
    net::awaitable<git_refs> list(std::string const& url);
};
using rejects_list = user<wrong_list>;  // lister\.list\(url, token\)

// Rejects a lister that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
