// One running step: its output goes to its log, its end to its completion record, and whoever waits is told.
#ifndef ACRX_EXECUTOR_DETAIL_FOLLOWED_STEP_HPP
#define ACRX_EXECUTOR_DETAIL_FOLLOWED_STEP_HPP

#include <acrx/executor/detail/step_table.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>

namespace acrx::detail {
/// Shared by the coroutine that follows the step and by those that ask for it. For one strand.
class followed_step
{
public:
    ACRX_DECL followed_step(net::any_io_executor const& host, step_folder folder, started_step step);

    /// Reads and waits until the record is written. Never throws: what fails is kept for those that ask.
    static ACRX_DECL net::awaitable<void> follow(std::shared_ptr<followed_step> self);

    ACRX_DECL step_state state() const;
    bool has_ended() const noexcept { return ended_; }
    std::uint64_t log_length() const noexcept { return length_; }
    int log() const noexcept { return folder_.log(); }
    /// Waits until there is more output, or the end.
    ACRX_DECL net::awaitable<void> change();
    step_process const& process() const noexcept { return process_; }
    /// Kills it after `grace`, unless it ends before.
    ACRX_DECL static void kill_after(std::shared_ptr<followed_step> self, std::chrono::milliseconds grace);

private:
    net::awaitable<void> read_output();
    static net::awaitable<void> wait_for_exit(std::shared_ptr<followed_step> self);
    void end_by(std::exception_ptr failure);
    void complete();

    step_folder folder_;
    step_process process_;
    net::posix::stream_descriptor exit_;
    net::posix::stream_descriptor output_;
    net::steady_timer changed_;
    net::steady_timer deadline_;
    net::steady_timer grace_;
    net::steady_timer linger_;
    std::chrono::milliseconds timeout_;
    std::function<int(int)> finish_;
    std::exception_ptr failure_;
    std::uint64_t length_ = 0;
    int code_ = 0;
    bool drained_ = false;
    bool exited_ = false;
    bool timed_out_ = false;
    bool ended_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/followed_step.ipp>
#endif
#endif
