// Models that each break one requirement of the concept cache_eviction; beside each what the message must name.
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
template<cache_eviction Model>
struct user
{};

// Rejects a cache eviction that does not want to know what an entry costs.
struct wrong_insert : cache_eviction_archetype
{
    void insert(int id);
};
using rejects_insert = user<wrong_insert>;  // e\.insert\(id, cost\)

// Rejects a cache eviction that cannot be told of a use.
struct wrong_touch : cache_eviction_archetype
{
    void touch(int id) = delete;
};
using rejects_touch = user<wrong_touch>;  // e\.touch\(id\)

// Rejects a cache eviction that cannot lose an entry otherwise.
struct wrong_erase : cache_eviction_archetype
{
    void erase(int id) = delete;
};
using rejects_erase = user<wrong_erase>;  // e\.erase\(id\)

// Rejects a cache eviction that always finds something to give up.
struct wrong_evict : cache_eviction_archetype
{
    int evict();
};
using rejects_evict = user<wrong_evict>;  // e\.evict\(\)

// Rejects a cache eviction that does not know how many entries it holds.
struct wrong_size : cache_eviction_archetype
{
    std::size_t size();
};
using rejects_size = user<wrong_size>;  // constant\.size\(\)

// Rejects a cache eviction that cannot be moved.
struct wrong_move : cache_eviction_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
