// The list of what a layer holds, kept so that its archive need not be read again.
#ifndef ACRX_SNAPSHOT_LAYER_INDEX_HPP
#define ACRX_SNAPSHOT_LAYER_INDEX_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The entries of one layer, sorted by path (bytes), each path at most once except that a folder may also be opaque.
/// Immutable and shared; finding a path costs O(log n).
class layer_index
{
public:
    layer_index() = default;
    /// @param entries  in any order; of two with one path the later wins
    /// @param kept     whole content of the few files that later steps ask for: `etc/passwd`, `etc/group`
    ACRX_DECL explicit layer_index(std::vector<layer_entry> entries, std::map<std::string, std::string> kept = {});

    std::span<layer_entry const> entries() const noexcept { return entries_; }
    /// The entry of a path that is no opaque marker; null if the layer does not name it.
    ACRX_DECL layer_entry const* find(std::string_view path) const;
    /// Whether the layer hides everything below it in `folder`.
    ACRX_DECL bool is_opaque(std::string_view folder) const;
    /// The entries strictly below `folder` (all for ""), sorted by path.
    ACRX_DECL std::span<layer_entry const> below(std::string_view folder) const;
    /// The bytes of a kept file.
    ACRX_DECL std::optional<std::string_view> kept(std::string_view path) const;
    std::map<std::string, std::string> const& all_kept() const noexcept { return kept_; }

    /// Whether later steps want the content of this path kept.
    static ACRX_DECL bool keeps(std::string_view path);
    /// A compact, versioned binary form; loading 50,000 entries takes a few milliseconds.
    ACRX_DECL std::string to_bytes() const;
    /// @throws error (`errc::damaged`) if the bytes are cut short, changed or of another version
    static ACRX_DECL layer_index from_bytes(std::string_view bytes);

private:
    std::vector<layer_entry> entries_;
    std::map<std::string, std::string> kept_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/layer_index.ipp>
#endif
#endif
