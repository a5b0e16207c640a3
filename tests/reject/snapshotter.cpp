// Models that each break one requirement of the concept snapshotter; beside each what the message must name.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
template<snapshotter Model>
struct user
{};

// Rejects a snapshotter that does not know what it holds.
struct wrong_contains : snapshotter_archetype
{
    void contains(digest const& id) const;
};
using rejects_contains = user<wrong_contains>;  // c\.contains\(id\)

// Rejects a snapshotter that changes when asked where a layer is.
struct wrong_folder : snapshotter_archetype
{
    std::filesystem::path folder(digest const& id);
};
using rejects_folder = user<wrong_folder>;  // c\.folder\(id\)

// Rejects a snapshotter that unpacks without an index.
struct wrong_unpack : snapshotter_archetype
{
    void unpack(std::filesystem::path const& blob, digest const& id, std::span<digest const> layers,
                std::stop_token const& stop);
};
using rejects_unpack = user<wrong_unpack>;  // s\.unpack\(blob, id, layers, stop\)

// Rejects a snapshotter that prepares a bare path.
struct wrong_prepare : snapshotter_archetype
{
    std::filesystem::path prepare(std::span<digest const> layers);
};
using rejects_prepare = user<wrong_prepare>;  // s\.prepare\(layers\)

// Rejects a snapshotter that cannot be stopped while it looks for changes.
struct wrong_changes : snapshotter_archetype
{
    std::vector<layer_item> changes(root_filesystem const& root, root_view const& below);
};
using rejects_changes = user<wrong_changes>;  // s\.changes\(root, below, stop\)

// Rejects a snapshotter that commits without a name.
struct wrong_commit : snapshotter_archetype
{
    void commit(root_filesystem const& root);
};
using rejects_commit = user<wrong_commit>;  // s\.commit\(root, id\)

// Rejects a snapshotter that may throw while it cleans up.
struct wrong_discard : snapshotter_archetype
{
    void discard(root_filesystem const& root);
};
using rejects_discard = user<wrong_discard>;  // s\.discard\(root\)

// Rejects a snapshotter that cannot be moved.
struct wrong_move : snapshotter_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
