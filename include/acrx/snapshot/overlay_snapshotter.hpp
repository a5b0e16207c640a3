// The snapshotter that stacks unpacked layers with overlayfs.
#ifndef ACRX_SNAPSHOT_OVERLAY_SNAPSHOTTER_HPP
#define ACRX_SNAPSHOT_OVERLAY_SNAPSHOTTER_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/snapshotter.hpp>

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace acrx {
/// Keeps each layer in a folder of its own, in the form that overlayfs wants: a whiteout is a character device 0/0, an
/// opaque folder has `trusted.overlay.opaque`, or in a user namespace `user.overlay.opaque`. Mounts nothing itself. For
/// root, if need be of a user namespace (`enter_user_namespace`), on a file system that overlayfs takes as upper (ext4,
/// xfs, tmpfs). Safe for many threads and processes on one state folder, which must not be shared between namespaces
/// with other ids.
class overlay_snapshotter
{
public:
    /// @param state  folder for unpacked layers and prepared roots; made if missing. A short path lets more layers
    ///               fit into one mount.
    /// @param warn   told, on any thread, what an unpacked layer lacks; may be empty
    explicit ACRX_DECL overlay_snapshotter(std::filesystem::path state,
                                           std::function<void(std::string const&)> warn = {});

    ACRX_DECL bool contains(digest const& diff_id) const;
    ACRX_DECL std::filesystem::path folder(digest const& diff_id) const;
    /// Device nodes that the kernel refuses are left out, with a warning: the layer itself keeps them. Files whose owner
    /// it refuses can be read, but make `prepare` fail.
    /// @throws error (`errc::digest_mismatch`, `errc::damaged`, `errc::canceled`); nothing is left behind then
    ACRX_DECL layer_index unpack(std::filesystem::path const& blob, digest const& diff_id,
                                 std::span<digest const> parents, std::stop_token stop = {});
    /// @throws error (`errc::not_found`) if one of the layers is not unpacked, (`errc::no_permission`) if this
    ///         process may not run steps, or a file of them has not its owner
    ACRX_DECL root_filesystem prepare(std::span<digest const> layers);
    ACRX_DECL std::vector<layer_item> changes(root_filesystem const& root, root_view const& below,
                                              std::stop_token stop = {});
    ACRX_DECL void commit(root_filesystem const& root, digest const& diff_id);
    /// Deletes the root, which may take seconds; what cannot be deleted is left to `prune`.
    ACRX_DECL void discard(root_filesystem const& root) noexcept;
    /// Deletes what processes left that live no more. May take seconds.
    ACRX_DECL void prune();

private:
    std::filesystem::path state_;
    std::function<void(std::string const&)> warn_;
};
static_assert(snapshotter<overlay_snapshotter>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/overlay_snapshotter.ipp>
#endif
#endif
