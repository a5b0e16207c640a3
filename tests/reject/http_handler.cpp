// Models that each break one requirement of the concept http_handler; beside each what the message must name.
#include <acrx/http/served_request.hpp>

namespace acrx::testing {
template<http_handler Model>
struct user
{};

struct archetype
{
    net::awaitable<http_reply> operator()(served_request& request);
};
static_assert(http_handler<archetype>);

// Rejects a handler that blocks.
struct wrong_call : archetype
{
    http_reply operator()(served_request& request);
};
using rejects_call = user<wrong_call>;  // handler\(r\)

// Rejects a handler that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
