// The concept of what turns layers into root filesystems and changes into layers.
#ifndef ACRX_SNAPSHOT_SNAPSHOTTER_HPP
#define ACRX_SNAPSHOT_SNAPSHOTTER_HPP

#include <acrx/core/digest.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_index.hpp>
#include <acrx/snapshot/root_filesystem.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <concepts>
#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace acrx {
/// A type that keeps layers unpacked, by diff id, and stacks them.
///
/// | for `S s`, `digest id`, `path blob`, `span<digest const> layers` (base first), `root_filesystem root` | is | means |
/// |---|---|---|
/// | `s.contains(id)`              | `bool` | whether the layer is unpacked |
/// | `s.folder(id)`                | a `path` | where its own files are, to be read only |
/// | `s.unpack(blob, id, layers, stop)` | a `layer_index` | unpacks a stored blob that lies on `layers`; its archive is verified against `id` |
/// | `s.prepare(layers)`           | a `root_filesystem` | the stack with an empty upper folder |
/// | `s.changes(root, below, stop)` | a `vector<layer_item>` | what was changed in `root` over the view `below`, ready to be packed |
/// | `s.commit(root, id)`          | | the changes become the unpacked layer `id`; `root` must not be used again |
/// | `s.discard(root)`             | | throws the changes away; never throws |
///
/// All may block and be called from several threads and processes at once; a second `unpack` or `commit` of one `id`
/// changes nothing. What is visible under `folder(id)` is always whole.
template<class S>
concept snapshotter =
    std::movable<S>
    && requires(S s, S const& c, digest id, std::filesystem::path blob, std::span<digest const> layers,
                root_filesystem root, root_view below, std::stop_token stop) {
           { c.contains(id) } -> std::same_as<bool>;
           { c.folder(id) } -> std::same_as<std::filesystem::path>;
           { s.unpack(blob, id, layers, stop) } -> std::same_as<layer_index>;
           { s.prepare(layers) } -> std::same_as<root_filesystem>;
           { s.changes(root, below, stop) } -> std::same_as<std::vector<layer_item>>;
           s.commit(root, id);
           { s.discard(root) } noexcept;
       };
}  // namespace acrx
#endif
