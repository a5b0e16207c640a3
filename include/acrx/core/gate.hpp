// Lets only so many coroutines at once do something, per key.
#ifndef ACRX_CORE_GATE_HPP
#define ACRX_CORE_GATE_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace acrx {
/// For one strand. Passes may outlive the gate.
class gate
{
    struct crowd
    {
        explicit crowd(net::any_io_executor executor) : left(std::move(executor), net::steady_timer::time_point::max()) {}
        std::size_t inside = 0;
        net::steady_timer left;  ///< cancelled when somebody leaves
    };
    using crowds = std::map<std::string, std::shared_ptr<crowd>>;

public:
    explicit gate(std::size_t capacity = 1) : capacity_(capacity), crowds_(std::make_shared<crowds>()) {}

    /// Held by who is inside.
    class pass
    {
    public:
        pass(std::shared_ptr<crowds> all, std::string key) : all_(std::move(all)), key_(std::move(key)) {}
        pass(pass&&) noexcept = default;
        pass& operator=(pass&&) = delete;
        ~pass()
        {
            if (!all_)
                return;
            auto const here = all_->at(key_);
            if (--here->inside == 0)
                all_->erase(key_);
            here->left.cancel();
        }

    private:
        std::shared_ptr<crowds> all_;
        std::string key_;
    };

    /// Waits until there is room at `key`.
    net::awaitable<pass> enter(std::string key)
    {
        auto const executor = co_await net::this_coro::executor;
        auto const all = crowds_;
        for (;;) {
            auto& here = (*all)[key];
            if (!here)
                here = std::make_shared<crowd>(executor);
            if (here->inside < capacity_) {
                ++here->inside;
                co_return pass(all, std::move(key));
            }
            auto const kept = here;
            boost::system::error_code ended;
            co_await kept->left.async_wait(net::redirect_error(net::use_awaitable, ended));
            auto const state = co_await net::this_coro::cancellation_state;
            if (state.cancelled() != net::cancellation_type::none)
                throw boost::system::system_error(net::error::operation_aborted);
        }
    }

private:
    std::size_t capacity_;
    std::shared_ptr<crowds> crowds_;
};
}  // namespace acrx
#endif
