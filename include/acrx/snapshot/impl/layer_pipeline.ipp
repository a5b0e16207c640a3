// Bodies of snapshot/detail/layer_pipeline.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_PIPELINE_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_PIPELINE_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/layer_pipeline.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace acrx::detail {
ACRX_DECL layer_pipeline::layer_pipeline(std::span<archive_block const> blocks, std::vector<block_builder> builders,
                                         std::stop_token stop)
    : blocks_(blocks), batches_(cut(blocks)), builders_(std::move(builders)), stop_(std::move(stop))
{
    // Enough that neither a slow batch nor a slow disk leaves anybody idle; about 2 MiB each.
    constexpr std::size_t spare = 6;
    ring_ = std::vector<slot>(std::min(batches_.size(), builders_.size() + spare));
}

ACRX_DECL std::vector<layer_pipeline::batch> layer_pipeline::cut(std::span<archive_block const> blocks)
{
    constexpr std::uint64_t enough = block_content / 2;
    std::vector<batch> batches;
    std::uint64_t size = enough;
    for (std::size_t number = 0; number < blocks.size(); ++number) {
        if (size + blocks[number].size > enough) {
            batches.push_back({.first = number});
            size = 0;
        }
        ++batches.back().count;
        size += blocks[number].size;
    }
    return batches;
}

ACRX_DECL void layer_pipeline::run(receiver filled, receiver finished)
{
    {
        std::stop_callback const on_stop(stop_, [this] {
            fail(std::make_exception_ptr(error(errc::canceled, "packing a layer")));
        });
        std::vector<std::jthread> threads;
        guarded([&] {
            for (auto& builder : builders_)
                threads.emplace_back([&] { guarded([&] { build(builder); }); });
            threads.emplace_back([&] { guarded([&] { receive(stage::filled, filled_done_, filled); }); });
            receive(stage::finished, finished_done_, finished);
        });
    }
    if (failure_)
        std::rethrow_exception(failure_);
}

ACRX_DECL void layer_pipeline::build(block_builder& builder)
{
    std::vector<built_block*> fresh;
    for (auto number = claim(); number < batches_.size(); number = claim()) {
        auto const [first, count] = batches_[number];
        auto& blocks = at(number).blocks;
        blocks.resize(std::max(blocks.size(), count));
        fresh.clear();
        for (std::size_t i = 0; i < count; ++i)
            if (!builder.fill(first + i, blocks_[first + i], blocks[i]))
                fresh.push_back(&blocks[i]);
        reach(number, stage::filled);
        for (auto* const block : fresh)
            builder.pack(*block);
        reach(number, stage::finished);
    }
}

ACRX_DECL void layer_pipeline::receive(stage wanted, std::size_t& done, receiver const& use)
{
    for (std::size_t number = 0; number < batches_.size(); ++number) {
        auto& here = at(number);
        {
            std::unique_lock lock(mutex_);
            wait(lock, progress_, [&] { return here.number == number && here.reached >= wanted; });
        }
        for (auto& block : std::span(here.blocks).first(batches_[number].count))
            use(block);
        std::scoped_lock const lock(mutex_);
        done = number + 1;
        if (std::min(filled_done_, finished_done_) == done)
            room_.notify_one();
    }
}

ACRX_DECL std::size_t layer_pipeline::claim()
{
    std::unique_lock lock(mutex_);
    auto const has_room = [&] { return claimed_ < std::min(filled_done_, finished_done_) + ring_.size(); };
    wait(lock, room_, [&] { return claimed_ == batches_.size() || has_room(); });
    if (claimed_ < batches_.size()) {
        at(claimed_).number = claimed_;
        at(claimed_).reached = stage::empty;
        return claimed_++;
    }
    room_.notify_one();  // the builder that waits beside this one ends too
    return batches_.size();
}

ACRX_DECL void layer_pipeline::reach(std::size_t number, stage now)
{
    std::scoped_lock const lock(mutex_);
    at(number).reached = now;
    progress_.notify_all();
}

ACRX_DECL void layer_pipeline::guarded(std::function<void()> const& work)
{
    try {
        work();
    } catch (stopped const&) {
        // The failure that stopped it is already kept.
    } catch (...) {
        fail(std::current_exception());
    }
}

ACRX_DECL void layer_pipeline::fail(std::exception_ptr failure)
{
    std::scoped_lock const lock(mutex_);
    if (!failure_)
        failure_ = std::move(failure);
    room_.notify_all();
    progress_.notify_all();
}
}  // namespace acrx::detail
#endif
