// What a stack of layers looks like from inside, answered from their indexes alone.
#ifndef ACRX_SNAPSHOT_ROOT_VIEW_HPP
#define ACRX_SNAPSHOT_ROOT_VIEW_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_index.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The merged tree of layers, base first. A value; copies share the indexes.
class root_view
{
public:
    /// An entry and the layer it comes from. Valid as long as the view, or a copy of it, lives.
    struct found
    {
        layer_entry const* entry = nullptr;
        std::size_t layer = 0;
    };
    /// Where a path leads.
    struct resolved
    {
        std::string path;           ///< links of its folders followed, inside the root
        std::optional<found> file;  ///< nothing if there is no such path
    };

    root_view() = default;
    ACRX_DECL explicit root_view(std::vector<std::shared_ptr<layer_index const>> layers);
    /// This view with one more layer on top.
    ACRX_DECL root_view with(std::shared_ptr<layer_index const> layer) const;

    /// The view of some neighbours among its layers: from the one numbered `first` to that before `last`.
    ACRX_DECL root_view part(std::size_t first, std::size_t last) const;

    std::size_t size() const noexcept { return layers_.size(); }
    layer_index const& layer(std::size_t number) const { return *layers_[number]; }
    /// The entry at a path, no link followed; whiteouts and opaque folders of upper layers hide those below.
    /// A folder that no layer lists, but that has children, has no entry.
    ACRX_DECL std::optional<found> find(std::string_view path) const;
    /// The first name of a file that was found by a further one, which is a hard link to it; else what was found.
    ACRX_DECL layer_entry const& entry_of(found const& file) const;
    /// Whether a path is there, as an entry or as the unlisted parent of one.
    ACRX_DECL bool exists(std::string_view path) const;
    /// The entries directly in a folder, sorted by path.
    ACRX_DECL std::vector<found> children(std::string_view folder) const;
    /// All entries strictly below a folder, sorted by path (parents first).
    ACRX_DECL std::vector<found> below(std::string_view folder) const;
    /// Follows symbolic links as the kernel would with this tree as its root; `..` stops at the root.
    /// @param follow_last  whether a link at the very end is followed too
    /// @throws error (`errc::outside_root`) for more than 255 links in one path
    ACRX_DECL resolved resolve(std::string_view path, bool follow_last) const;
    /// The bytes of a file that layer indexes keep (`etc/passwd`, `etc/group`), links followed.
    ACRX_DECL std::optional<std::string> content(std::string_view path) const;

private:
    std::vector<std::shared_ptr<layer_index const>> layers_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/root_view.ipp>
#endif
#endif
