// Bodies of snapshot/detail/hashed_stream.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_HASHED_STREAM_IPP
#define ACRX_SNAPSHOT_IMPL_HASHED_STREAM_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/hashed_stream.hpp>

#include <utility>

namespace acrx::detail {
ACRX_DECL hashed_stream::hashed_stream(decompressor in, std::stop_token stop)
    : in_(std::move(in)), stop_(std::move(stop)), ring_(pieces, std::vector<std::byte>(piece_bytes)),
      hasher_([this] { hash(); })
{}

ACRX_DECL hashed_stream::~hashed_stream()
{
    if (hasher_.joinable())
        end();
}

ACRX_DECL std::span<std::byte const> hashed_stream::next()
{
    if (stop_.stop_requested())
        throw error(errc::canceled, "reading a layer");
    auto const slot = filled_ % pieces;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return filled_ - hashed_ < pieces; });
    lock.unlock();
    sizes_[slot] = in_.read(ring_[slot]);
    if (sizes_[slot] == 0)
        return {};
    lock.lock();
    ++filled_;
    lock.unlock();
    changed_.notify_all();
    return std::span(ring_[slot]).first(sizes_[slot]);
}

ACRX_DECL void hashed_stream::hash()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return hashed_ < filled_ || ended_; });
        if (hashed_ == filled_)
            return;
        auto const slot = hashed_ % pieces;
        lock.unlock();
        sum_.update(std::span(ring_[slot]).first(sizes_[slot]));
        lock.lock();
        ++hashed_;
        changed_.notify_all();
    }
}

ACRX_DECL void hashed_stream::end()
{
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    hasher_.join();
}

ACRX_DECL digest hashed_stream::finish()
{
    end();
    return sum_.finish();
}
}  // namespace acrx::detail
#endif
