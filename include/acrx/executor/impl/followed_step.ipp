// Bodies of executor/detail/followed_step.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FOLLOWED_STEP_IPP
#define ACRX_EXECUTOR_IMPL_FOLLOWED_STEP_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/followed_step.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <span>
#include <utility>

namespace acrx::detail {
/// Asio closes what it is given, the process keeps its own.
inline int copy_of(int descriptor)
{
    auto const copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        throw_errno("watching a step");
    return copy;
}

ACRX_DECL followed_step::followed_step(net::any_io_executor const& host, step_folder folder, started_step step)
    : folder_(std::move(folder)),
      process_(std::move(step.process)),
      exit_(host, copy_of(process_.handle())),
      output_(host, step.output.release()),
      changed_(host, net::steady_timer::time_point::max()),
      deadline_(host),
      grace_(host),
      linger_(host),
      timeout_(step.timeout),
      finish_(std::move(step.finish))
{}

ACRX_DECL step_state followed_step::state() const
{
    if (failure_)
        std::rethrow_exception(failure_);
    if (!ended_)
        return {step_state::phase::running, 0, false};
    return {step_state::phase::exited, code_, timed_out_};
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
            self->process_.kill();
    });
}

inline net::awaitable<void> followed_step::read_output()
{
    std::vector<std::byte> piece(std::size_t{64} << 10);
    for (;;) {
        error_code ended;
        auto const buffer = net::buffer(piece);
        auto const size = co_await output_.async_read_some(buffer, net::redirect_error(net::use_awaitable, ended));
        if (size > 0 && !failure_) {
            try {
                write_all(folder_.log(), std::span(piece).first(size), folder_.path() / "log");
                length_ += size;
            } catch (...) {
                end_by(std::current_exception());
            }
            changed_.cancel();
        }
        if (ended)
            break;
    }
    drained_ = true;
    linger_.cancel();
}

inline net::awaitable<void> followed_step::wait_for_exit(std::shared_ptr<followed_step> self)
{
    for (std::optional<int> status; !status;) {
        co_await self->exit_.async_wait(net::posix::stream_descriptor::wait_read, net::use_awaitable);
        status = self->process_.try_collect();
        self->code_ = status.value_or(0);
    }
    self->exited_ = true;
    self->deadline_.cancel();
    self->grace_.cancel();
    if (self->drained_)
        co_return;
    // A process that escaped may hold the pipe open for ever.
    self->linger_.expires_after(std::chrono::milliseconds(100));
    self->linger_.async_wait([self](error_code stopped) {
        if (!stopped)
            self->output_.cancel();
    });
}

inline void followed_step::end_by(std::exception_ptr failure)
{
    if (!failure_)
        failure_ = failure;
    process_.kill();
}

inline void followed_step::complete()
{
    if (finish_)
        code_ = finish_(code_);
    if (!failure_)
        folder_.complete({code_, timed_out_, system_clock().now(), length_});
}

ACRX_DECL net::awaitable<void> followed_step::follow(std::shared_ptr<followed_step> self)
{
    using namespace net::experimental::awaitable_operators;
    if (self->timeout_.count() > 0) {
        self->deadline_.expires_after(self->timeout_);
        self->deadline_.async_wait([self](error_code stopped) {
            if (stopped || self->exited_)
                return;
            self->timed_out_ = true;
            self->process_.kill();
        });
    }
    try {
        co_await (self->read_output() && wait_for_exit(self));
        self->complete();
    } catch (...) {
        self->end_by(std::current_exception());
    }
    self->ended_ = true;
    self->changed_.cancel();
}
}  // namespace acrx::detail
#endif
