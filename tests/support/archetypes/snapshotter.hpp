// The smallest type that is a snapshotter: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_SNAPSHOTTER_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_SNAPSHOTTER_HPP
#include <acrx/snapshot/snapshotter.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct snapshotter_archetype
{
    snapshotter_archetype(snapshotter_archetype&&) = default;
    snapshotter_archetype& operator=(snapshotter_archetype&&) = default;
    bool contains(digest const& id) const;
    std::filesystem::path folder(digest const& id) const;
    layer_index unpack(std::filesystem::path const& blob, digest const& id, std::span<digest const> layers,
                       std::stop_token const& stop);
    root_filesystem prepare(std::span<digest const> layers);
    std::vector<layer_item> changes(root_filesystem const& root, root_view const& below, std::stop_token const& stop);
    void commit(root_filesystem const& root, digest const& id);
    void discard(root_filesystem const& root) noexcept;
};
static_assert(snapshotter<snapshotter_archetype>);
}  // namespace acrx::testing
#endif
