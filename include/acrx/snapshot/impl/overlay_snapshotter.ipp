// Bodies of snapshot/overlay_snapshotter.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_OVERLAY_SNAPSHOTTER_IPP
#define ACRX_SNAPSHOT_IMPL_OVERLAY_SNAPSHOTTER_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/detail/hashed_stream.hpp>
#include <acrx/snapshot/detail/overlay_changes.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/detail/unpack_layer.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>
#include <acrx/snapshot/overlay_snapshotter.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
/// Makes a folder that nobody else uses; its group is ours even where the parent hands down its own.
inline void make_private_folder(std::filesystem::path const& path)
{
    if (::mkdir(path.c_str(), 0700) != 0 || ::chown(path.c_str(), ::geteuid(), ::getegid()) != 0
        || ::chmod(path.c_str(), 0700) != 0)
        throw_file_errno("making the folder " + path.string());
}

/// Steps see owners, so they need layers whose files all have theirs.
inline void check_owners(std::filesystem::path const& layer)
{
    std::string path(4096, '\0');
    auto const size = ::lgetxattr(layer.c_str(), disowned_mark, path.data(), path.size());
    if (size < 0 && errno == ERANGE)
        path = "a file";
    else if (size < 0)
        return;
    else
        path.resize(static_cast<std::size_t>(size));
    throw error(errc::no_permission, "giving " + path + " its owner for RUN",
                "RUN works on files of many owners, which needs subordinate ids for all of them. " + what_steps_lack());
}

/// A folder on its way to become a layer; removed unless it does.
class growing_folder
{
public:
    explicit growing_folder(std::filesystem::path const& state) : path_(temporary_name(state, "layer"))
    {
        make_private_folder(path_);
    }
    growing_folder(growing_folder const&) = delete;
    growing_folder& operator=(growing_folder const&) = delete;
    ~growing_folder()
    {
        try {
            if (!path_.empty())
                remove_tree(path_);
        } catch (...) {
            // Nothing is lost: its name will tell `prune` that it is of a process that has ended.
        }
    }
    std::filesystem::path const& path() const { return path_; }
    /// The first to arrive wins; what comes later is removed.
    void become(std::filesystem::path const& name)
    {
        if (::rename(path_.c_str(), name.c_str()) == 0)
            path_.clear();
        else if (errno != EEXIST && errno != ENOTEMPTY)
            throw_file_errno("making the layer " + name.string());
    }

private:
    std::filesystem::path path_;
};
}  // namespace detail

ACRX_DECL overlay_snapshotter::overlay_snapshotter(std::filesystem::path state,
                                                   std::function<void(std::string const&)> warn)
    : state_(std::move(state)), warn_(std::move(warn))
{
    std::error_code failed;
    // Not for other users of this machine: images hold set-user-id programs and device nodes.
    if (std::filesystem::create_directories(state_, failed))
        std::filesystem::permissions(state_, std::filesystem::perms::owner_all, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + state_.string());
}

ACRX_DECL bool overlay_snapshotter::contains(digest const& diff_id) const
{
    struct stat status{};
    return ::lstat(folder(diff_id).c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

ACRX_DECL std::filesystem::path overlay_snapshotter::folder(digest const& diff_id) const
{
    return state_ / diff_id.encoded();
}

ACRX_DECL layer_index overlay_snapshotter::unpack(std::filesystem::path const& blob, digest const& diff_id,
                                                  std::span<digest const> parents, std::stop_token stop)
{
    detail::hashed_stream stream(decompressor(read_in_pieces(blob), blob.string()), stop);
    detail::layer_reader reader([&] { return stream.next(); }, blob.string());
    auto const verify = [&] {
        reader.drain();
        if (auto const found = stream.finish(); found != diff_id)
            throw error(errc::digest_mismatch, "unpacking " + blob.string() + ": the archive is " + found.str()
                                                   + ", not " + diff_id.str());
    };
    if (contains(diff_id)) {
        while (reader.next() != nullptr)
            reader.kept_content();
        verify();
        return reader.take_index();
    }
    std::vector<std::filesystem::path> lower;
    for (auto at = parents.rbegin(); at != parents.rend(); ++at)
        lower.push_back(folder(*at));
    detail::growing_folder fresh(state_);
    detail::layer_unpacker unpacker(fresh.path(), std::move(lower));
    while (auto const* entry = reader.next())
        unpacker.add(*entry, reader);
    verify();
    auto index = reader.take_index();
    unpacker.finish(index);
    if (auto const& path = unpacker.disowned(); !path.empty())
        detail::write_xattr(fresh.path(), detail::disowned_mark, path, path);
    if (warn_ && !unpacker.left_out().empty())
        warn_("Steps do not see /" + *unpacker.left_out().begin()
              + (unpacker.left_out().size() > 1 ? " and other device nodes" : "")
              + ": only root of the machine may make device nodes; the image keeps them");
    fresh.become(folder(diff_id));
    return index;
}

ACRX_DECL root_filesystem overlay_snapshotter::prepare(std::span<digest const> layers)
{
    require_steps("preparing a root for RUN");
    root_filesystem root;
    for (auto at = layers.rbegin(); at != layers.rend(); ++at) {
        if (!contains(*at))
            throw error(errc::not_found, "preparing a root: the layer " + at->str() + " is not unpacked");
        root.lower.push_back(folder(*at));
        detail::check_owners(root.lower.back());
    }
    auto const run = temporary_name(state_, "run");
    detail::make_private_folder(run);
    root.upper = run / "upper";
    detail::make_private_folder(root.upper);
    // The upper folder is what `/` looks like from inside.
    auto const top = detail::folder_below("", root.lower);
    unique_fd const upper(::open(root.upper.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    detail::set_metadata(upper.get(), top);
    if (!root.lower.empty()) {
        root.work = run / "work";
        detail::make_private_folder(root.work);
    }
    return root;
}

ACRX_DECL std::vector<layer_item> overlay_snapshotter::changes(root_filesystem const& root, root_view const& below,
                                                               std::stop_token stop)
{
    return detail::overlay_changes(root.upper, below, std::move(stop)).collect();
}

ACRX_DECL void overlay_snapshotter::commit(root_filesystem const& root, digest const& diff_id)
{
    if (::rename(root.upper.c_str(), folder(diff_id).c_str()) != 0 && errno != EEXIST && errno != ENOTEMPTY)
        throw_file_errno("making the layer " + diff_id.str());
    remove_tree(root.upper.parent_path());
}

ACRX_DECL void overlay_snapshotter::discard(root_filesystem const& root) noexcept
try {
    if (!root.upper.empty())
        remove_tree(root.upper.parent_path());
} catch (...) {
    // Nothing is lost: `prune` takes what it finds once this process has ended.
}

ACRX_DECL void overlay_snapshotter::prune()
{
    for (auto const& found : std::filesystem::directory_iterator(state_)) {
        if (is_abandoned(found.path().filename().string()))
            remove_tree(found.path());
    }
}
}  // namespace acrx
#endif
