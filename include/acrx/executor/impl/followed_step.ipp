// Bodies of executor/detail/followed_step.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FOLLOWED_STEP_IPP
#define ACRX_EXECUTOR_IMPL_FOLLOWED_STEP_IPP
#include <acrx/executor/detail/followed_step.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace acrx::detail {
ACRX_DECL followed_step::followed_step(net::any_io_executor const& host, step_folder folder)
    : folder_(std::move(folder)), changed_(host, net::steady_timer::time_point::max()), grace_(host)
{}

ACRX_DECL step_state followed_step::state() const
{
    if (failure_)
        std::rethrow_exception(failure_);
    if (!ended_)
        return {step_state::phase::running, 0, false, false};
    return {step_state::phase::exited, end_.code, end_.timed_out, end_.out_of_memory};
}

ACRX_DECL net::awaitable<void> followed_step::change()
{
    error_code woken;  // the timer only ever ends by being cancelled
    co_await changed_.async_wait(net::redirect_error(net::use_awaitable, woken));
}

ACRX_DECL void followed_step::kill_after(std::shared_ptr<followed_step> self, std::chrono::milliseconds grace)
{
    self->grace_.expires_after(grace);
    self->grace_.async_wait([self](error_code stopped) {
        if (!stopped)
            self->kill();
    });
}

ACRX_DECL void followed_step::append(std::span<std::byte const> piece)
{
    if (piece.empty() || failure_)
        return;
    try {
        write_all(folder_.log(), piece, folder_.path() / "log");
        length_ += piece.size();
    } catch (...) {
        break_off(std::current_exception());
    }
    changed_.cancel();
}

ACRX_DECL void followed_step::break_off(std::exception_ptr failure) noexcept
{
    if (!failure_)
        failure_ = failure;
    kill();
}

ACRX_DECL void followed_step::complete(step_end const& end)
{
    end_ = end;
    if (!failure_)
        folder_.complete({end.code, end.timed_out, system_clock().now(), length_, end.out_of_memory});
}

ACRX_DECL void followed_step::set_ended() noexcept
{
    ended_ = true;
    changed_.cancel();
}
}  // namespace acrx::detail
#endif
