// Runs the blocks of a layer through many hands at once and keeps their order where it matters.
#ifndef ACRX_SNAPSHOT_DETAIL_LAYER_PIPELINE_HPP
#define ACRX_SNAPSHOT_DETAIL_LAYER_PIPELINE_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/detail/block_builder.hpp>

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

namespace acrx::detail {
/// A ring of batches of blocks. Builders fill and compress them in any order; one thread sees the plain bytes in order,
/// another the finished blocks in order. The first failure stops all of them.
class layer_pipeline
{
public:
    using receiver = std::function<void(built_block&)>;

    /// @param blocks  of the whole layer
    ACRX_DECL layer_pipeline(std::span<archive_block const> blocks, std::vector<block_builder> builders,
                             std::stop_token stop);

    /// Does all the work; `finished` is called on this thread, `filled` on another.
    /// @param filled  sees each block once its plain bytes are there
    /// @throws whatever a builder or receiver threw; error (`errc::canceled`) when `stop` was asked for
    ACRX_DECL void run(receiver filled, receiver finished);

private:
    enum class stage
    {
        empty,
        filled,
        finished,
    };
    /// Neighbours that go from hand to hand together: small ones are done sooner than a thread wakes up.
    struct batch
    {
        std::size_t first = 0;
        std::size_t count = 0;
    };
    struct slot
    {
        std::vector<built_block> blocks;  ///< at least as many as the batch has
        std::size_t number = 0;  ///< of the batch that is in it: one receiver may be a whole ring ahead of the other
        stage reached = stage::empty;
    };
    struct stopped
    {};

    static ACRX_DECL std::vector<batch> cut(std::span<archive_block const> blocks);
    ACRX_DECL void build(block_builder& builder);
    ACRX_DECL void receive(stage wanted, std::size_t& done, receiver const& use);
    ACRX_DECL void guarded(std::function<void()> const& work);
    ACRX_DECL void fail(std::exception_ptr failure);
    ACRX_DECL std::size_t claim();
    ACRX_DECL void reach(std::size_t number, stage now);
    template<class Condition>
    void wait(std::unique_lock<std::mutex>& lock, std::condition_variable& changed, Condition condition)
    {
        changed.wait(lock, [&] { return failure_ || condition(); });
        if (failure_)
            throw stopped();
    }
    slot& at(std::size_t number) { return ring_[number % ring_.size()]; }

    std::span<archive_block const> blocks_;
    std::vector<batch> batches_;
    std::vector<block_builder> builders_;
    std::stop_token stop_;
    std::vector<slot> ring_;

    std::mutex mutex_;
    std::condition_variable room_;      ///< a batch has left the ring
    std::condition_variable progress_;  ///< a batch has reached its next stage
    std::size_t claimed_ = 0;           ///< batches given to builders
    std::size_t filled_done_ = 0;       ///< batches that the receiver of plain bytes has seen
    std::size_t finished_done_ = 0;     ///< and the receiver of finished blocks
    std::exception_ptr failure_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/layer_pipeline.ipp>
#endif
#endif
