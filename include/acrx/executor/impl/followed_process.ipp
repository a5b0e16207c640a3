// Bodies of executor/detail/followed_process.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FOLLOWED_PROCESS_IPP
#define ACRX_EXECUTOR_IMPL_FOLLOWED_PROCESS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/followed_process.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>

#include <optional>
#include <utility>
#include <vector>

namespace acrx::detail {
/// Asio closes what it is given, the process keeps its own.
inline int copy_of(int descriptor)
{
    auto const copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        throw_errno("watching a step");
    return copy;
}

ACRX_DECL followed_process::followed_process(net::any_io_executor const& host, step_folder folder, started_step step)
    : followed_step(host, std::move(folder)),
      process_(std::move(step.process)),
      exit_(host, copy_of(process_.handle())),
      output_(host, step.output.release()),
      deadline_(host),
      linger_(host),
      timeout_(step.timeout),
      finish_(std::move(step.finish)),
      release_(std::move(step.release))
{}

inline net::awaitable<void> followed_process::read_output()
{
    std::vector<std::byte> piece(std::size_t{64} << 10);
    for (;;) {
        error_code ended;
        auto const buffer = net::buffer(piece);
        auto const size = co_await output_.async_read_some(buffer, net::redirect_error(net::use_awaitable, ended));
        append(std::span(piece).first(size));
        if (ended)
            break;
    }
    drained_ = true;
    linger_.cancel();
}

inline net::awaitable<void> followed_process::wait_for_exit(std::shared_ptr<followed_process> self)
{
    for (std::optional<int> status; !status;) {
        co_await self->exit_.async_wait(net::posix::stream_descriptor::wait_read, net::use_awaitable);
        status = self->process_.try_collect();
        self->end_.code = status.value_or(0);
    }
    self->exited_ = true;
    self->deadline_.cancel();
    self->spare();
    if (self->drained_)
        co_return;
    // A process that escaped may hold the pipe open for ever.
    self->linger_.expires_after(std::chrono::milliseconds(100));
    self->linger_.async_wait([self](error_code stopped) {
        if (!stopped)
            self->output_.cancel();
    });
}

ACRX_DECL net::awaitable<void> followed_process::follow(std::shared_ptr<followed_process> self)
{
    using namespace net::experimental::awaitable_operators;
    if (self->timeout_.count() > 0) {
        self->deadline_.expires_after(self->timeout_);
        self->deadline_.async_wait([self](error_code stopped) {
            if (stopped || self->exited_)
                return;
            self->end_.timed_out = true;
            self->process_.kill();
        });
    }
    try {
        co_await (self->read_output() && wait_for_exit(self));
        if (self->finish_)
            self->finish_(self->end_);
        if (self->release_) {
            auto released = self->release_();
            co_await std::move(released);
        }
        self->complete(self->end_);
    } catch (...) {
        self->break_off(std::current_exception());
    }
    self->set_ended();
}
}  // namespace acrx::detail
#endif
