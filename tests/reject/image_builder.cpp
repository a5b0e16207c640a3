// Models that each break one requirement of the concept image_builder; beside each what the message must name.
#include <acrx/task_runner/image_builder.hpp>

namespace acrx::testing {
template<image_builder Model>
struct user
{};

struct archetype
{
    net::awaitable<quick_result> build(quick_request const& request, location const& where, progress_sink progress);
};
static_assert(image_builder<archetype>);

// Rejects an image builder that tells nothing while it works.
struct wrong_build : archetype
{
    net::awaitable<quick_result> build(quick_request const& request, location const& where);
};
using rejects_build = user<wrong_build>;  // builder\.build\(request, where, progress\)

// Rejects a image builder that cannot be moved.
struct wrong_move : archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
