// A running step that is a process of this machine, followed from its start to its completion record.
#ifndef ACRX_EXECUTOR_DETAIL_FOLLOWED_PROCESS_HPP
#define ACRX_EXECUTOR_DETAIL_FOLLOWED_PROCESS_HPP

#include <acrx/executor/detail/followed_step.hpp>
#include <acrx/executor/detail/step_process.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>

#include <functional>

namespace acrx::detail {
/// A step that has begun, to be followed.
struct started_step
{
    step_process process;
    unique_fd output;                      ///< the end of the pipe to read from
    std::chrono::milliseconds timeout{0};  ///< 0 is no limit
    /// Called when all its processes are gone; may change what is recorded.
    std::function<void(step_end&)> finish = {};
    /// Awaited after that, before the end is told: gives back what the step held.
    std::function<net::awaitable<void>()> release = {};
};

class followed_process : public followed_step
{
public:
    ACRX_DECL followed_process(net::any_io_executor const& host, step_folder folder, started_step step);

    /// Reads and waits until the record is written. Never throws: what fails is kept for those that ask.
    static ACRX_DECL net::awaitable<void> follow(std::shared_ptr<followed_process> self);
    void ask_to_end() noexcept override { process_.ask_to_end(); }
    void kill() noexcept override { process_.kill(); }

private:
    net::awaitable<void> read_output();
    static net::awaitable<void> wait_for_exit(std::shared_ptr<followed_process> self);

    step_process process_;
    net::posix::stream_descriptor exit_;
    net::posix::stream_descriptor output_;
    net::steady_timer deadline_;
    net::steady_timer linger_;
    std::chrono::milliseconds timeout_;
    std::function<void(step_end&)> finish_;
    std::function<net::awaitable<void>()> release_;
    step_end end_;
    bool drained_ = false;
    bool exited_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/followed_process.ipp>
#endif
#endif
