// Models that each break one requirement of the concept layer_cache; beside each what the message must name.
#include <support/archetypes/layer_cache.hpp>

namespace acrx::testing {
template<layer_cache Model>
struct user
{};

// Rejects a layer cache that has no way to miss.
struct wrong_find : layer_cache_archetype
{
    net::awaitable<cached_step> find(digest const& key);
};
using rejects_find = user<wrong_find>;  // c\.find\(key\)

// Rejects a layer cache that stores in the background.
struct wrong_store : layer_cache_archetype
{
    void store(digest const& key, cached_step const& s);
};
using rejects_store = user<wrong_store>;  // c\.store\(key, s\)

// Rejects a layer cache that cannot be moved.
struct wrong_move : layer_cache_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
