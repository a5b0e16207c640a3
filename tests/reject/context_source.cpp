// Models that each break one requirement of the concept context_source; beside each what the message must name.
#include <support/archetypes/context_source.hpp>

namespace acrx::testing {
template<context_source Model>
struct user
{};

// Rejects a context source that has no name for locations.
struct wrong_scheme : context_source_archetype
{
    static constexpr int scheme = 0;
};
using rejects_scheme = user<wrong_scheme>;  // S::scheme

// Rejects a context source that says nothing about what it fetched.
struct wrong_fetch : context_source_archetype
{
    net::awaitable<void> fetch(std::filesystem::path const& into);
};
using rejects_fetch = user<wrong_fetch>;  // source\.fetch\(into\)

// Rejects a context source that cannot be moved.
struct wrong_move : context_source_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
