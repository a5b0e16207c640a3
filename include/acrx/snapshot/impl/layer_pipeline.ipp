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
    : blocks_(blocks), builders_(std::move(builders)), stop_(std::move(stop))
{
    // Enough that neither a slow block nor a slow disk leaves anybody idle; about 2 MiB each.
    constexpr std::size_t spare = 6;
    ring_ = std::vector<slot>(std::min(blocks.size(), builders_.size() + spare));
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
    for (auto number = claim(); number < blocks_.size(); number = claim()) {
        auto& block = at(number).block;
        bool const is_taken_over = builder.fill(number, blocks_[number], block);
        reach(number, stage::filled);
        if (!is_taken_over)
            builder.pack(block);
        reach(number, stage::finished);
    }
}

ACRX_DECL void layer_pipeline::receive(stage wanted, std::size_t& done, receiver const& use)
{
    for (std::size_t number = 0; number < blocks_.size(); ++number) {
        auto& here = at(number);
        {
            std::unique_lock lock(mutex_);
            wait(lock, progress_, [&] { return here.number == number && here.reached >= wanted; });
        }
        use(here.block);
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
    wait(lock, room_, [&] { return claimed_ == blocks_.size() || has_room(); });
    if (claimed_ < blocks_.size()) {
        at(claimed_).number = claimed_;
        at(claimed_).reached = stage::empty;
        return claimed_++;
    }
    room_.notify_one();  // the builder that waits beside this one ends too
    return blocks_.size();
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
