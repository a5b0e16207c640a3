// Bounds how many steps of a build run at once.
#ifndef ACRX_BUILD_DETAIL_WORK_SLOTS_HPP
#define ACRX_BUILD_DETAIL_WORK_SLOTS_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cstddef>
#include <list>
#include <thread>
#include <utility>

namespace acrx::detail {
/// Steps often wait for disks and networks, so more of them may run than there are processors.
inline std::size_t usual_parallelism()
{
    return std::max<std::size_t>(8, std::thread::hardware_concurrency());
}

/// Gives out a number of slots, first come, first served. For one strand; must outlive the slots.
class work_slots
{
public:
    explicit work_slots(std::size_t count) : free_(count) {}

    /// A slot that is given back when it goes away.
    class slot
    {
    public:
        explicit slot(work_slots& owner) noexcept : owner_(&owner) {}
        slot(slot&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
        slot& operator=(slot&&) = delete;
        ~slot()
        {
            if (owner_ != nullptr)
                owner_->give_back();
        }

    private:
        work_slots* owner_;
    };

    /// Waits for a slot; stops at once when cancelled.
    net::awaitable<slot> take()
    {
        if (free_ > 0) {
            --free_;
            co_return slot(*this);
        }
        waiter self{net::steady_timer(co_await net::this_coro::executor, net::steady_timer::time_point::max())};
        auto const place = waiting_.insert(waiting_.end(), &self);
        boost::system::error_code ended;
        co_await self.woken.async_wait(net::redirect_error(net::use_awaitable, ended));
        if (!self.is_served) {
            waiting_.erase(place);
            throw boost::system::system_error(net::error::operation_aborted);
        }
        co_return slot(*this);
    }

private:
    struct waiter
    {
        net::steady_timer woken;
        bool is_served = false;
    };

    void give_back() noexcept
    {
        if (waiting_.empty()) {
            ++free_;
            return;
        }
        auto* next = waiting_.front();
        waiting_.pop_front();
        next->is_served = true;
        next->woken.cancel();
    }

    std::size_t free_;
    std::list<waiter*> waiting_;
};
}  // namespace acrx::detail
#endif
