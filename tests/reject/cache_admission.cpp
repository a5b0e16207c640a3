// Models that each break one requirement of the concept cache_admission; beside each what the message must name.
#include <support/archetypes/cache_admission.hpp>

namespace acrx::testing {
template<cache_admission Model>
struct user
{};

// Rejects a cache admission that must not be told what is asked for.
struct wrong_note : cache_admission_archetype
{
    void note(int id) = delete;
};
using rejects_note = user<wrong_note>;  // a\.note\(id\)

// Rejects a cache admission that cannot decline.
struct wrong_admits : cache_admission_archetype
{
    void admits(int id, entry_cost cost);
};
using rejects_admits = user<wrong_admits>;  // a\.admits\(id, cost\)

// Rejects a cache admission that compares nothing.
struct wrong_prefers : cache_admission_archetype
{
    bool prefers(int id);
};
using rejects_prefers = user<wrong_prefers>;  // a\.prefers\(id, id\)

// Rejects a cache admission that stays where it is.
struct wrong_move : cache_admission_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
