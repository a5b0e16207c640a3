// A root filesystem that is thrown away unless it was committed.
#ifndef ACRX_SNAPSHOT_PREPARED_ROOT_HPP
#define ACRX_SNAPSHOT_PREPARED_ROOT_HPP

#include <acrx/snapshot/snapshotter.hpp>

#include <utility>

namespace acrx {
/// Owns what `Snapshots::prepare` gave.
template<snapshotter Snapshots>
class prepared_root
{
public:
    /// @param snapshots  must outlive this
    prepared_root(Snapshots& snapshots, root_filesystem root) : snapshots_(snapshots), root_(std::move(root)) {}
    prepared_root(prepared_root const&) = delete;
    prepared_root& operator=(prepared_root const&) = delete;
    ~prepared_root()
    {
        if (!committed_)
            snapshots_.discard(root_);
    }
    root_filesystem const& get() const noexcept { return root_; }
    /// Its changes become the unpacked layer `diff_id`.
    void commit(digest const& diff_id)
    {
        snapshots_.commit(root_, diff_id);
        committed_ = true;
    }

private:
    Snapshots& snapshots_;
    root_filesystem root_;
    bool committed_ = false;
};
}  // namespace acrx
#endif
