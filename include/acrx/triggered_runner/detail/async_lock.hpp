// Lets one coroutine at a time pass, in the order that they came.
#ifndef ACRX_TRIGGERED_RUNNER_DETAIL_ASYNC_LOCK_HPP
#define ACRX_TRIGGERED_RUNNER_DETAIL_ASYNC_LOCK_HPP

#include <acrx/triggered_runner/bell.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <list>
#include <utility>

namespace acrx::detail {
/// For one strand; must outlive its guards.
class async_lock
{
public:
    /// A place in the queue; whose is the first has the lock. Given back at its end.
    class guard
    {
    public:
        explicit guard(async_lock& lock) : lock_(&lock), place_(lock.queue_.insert(lock.queue_.end(), 0)) {}
        guard(guard&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)), place_(other.place_) {}
        guard& operator=(guard&&) = delete;
        ~guard()
        {
            if (lock_ == nullptr)
                return;
            lock_->queue_.erase(place_);
            lock_->freed_.ring();
        }

    private:
        friend class async_lock;
        bool is_first() const { return place_ == lock_->queue_.begin(); }

        async_lock* lock_;
        std::list<char>::iterator place_;
    };

    net::awaitable<guard> acquire()
    {
        guard mine(*this);
        while (!mine.is_first()) {
            auto const seen = freed_.count();
            co_await freed_.wait_past(seen, std::chrono::hours(1));
        }
        co_return mine;
    }

private:
    std::list<char> queue_;
    bell freed_;
};
}  // namespace acrx::detail
#endif
