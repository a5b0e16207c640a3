// One running step as those see it who ask for it: its log grows, it ends, and whoever waits is told.
#ifndef ACRX_EXECUTOR_DETAIL_FOLLOWED_STEP_HPP
#define ACRX_EXECUTOR_DETAIL_FOLLOWED_STEP_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/step_folder.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <span>

namespace acrx::detail {
/// How a step ended, before it is recorded.
struct step_end
{
    int code = 0;
    bool timed_out = false;
    bool out_of_memory = false;
};

/// Shared by the coroutine that follows the step, in a derived class, and by those that ask for it. For one strand.
class followed_step
{
public:
    ACRX_DECL followed_step(net::any_io_executor const& host, step_folder folder);
    followed_step(followed_step const&) = delete;
    followed_step& operator=(followed_step const&) = delete;
    virtual ~followed_step() = default;

    /// Asks it to end, as SIGTERM does.
    virtual void ask_to_end() noexcept = 0;
    /// Ends all its processes.
    virtual void kill() noexcept = 0;

    /// @throws what broke its log or its record
    ACRX_DECL step_state state() const;
    bool has_ended() const noexcept { return ended_; }
    std::uint64_t log_length() const noexcept { return length_; }
    int log() const noexcept { return folder_.log(); }
    /// Waits until there is more output, or the end.
    ACRX_DECL net::awaitable<void> change();
    /// Kills it after `grace`, unless it ends before.
    static ACRX_DECL void kill_after(std::shared_ptr<followed_step> self, std::chrono::milliseconds grace);

protected:
    /// Adds to the log, and tells those who wait.
    ACRX_DECL void append(std::span<std::byte const> piece);
    /// Keeps what failed, for those who ask, and kills the step.
    ACRX_DECL void break_off(std::exception_ptr failure) noexcept;
    bool is_broken() const noexcept { return failure_ != nullptr; }
    /// Nothing is left to be killed.
    void spare() noexcept { grace_.cancel(); }
    /// Writes the record.
    ACRX_DECL void complete(step_end const& end);
    /// Tells everyone that it is over.
    ACRX_DECL void set_ended() noexcept;

private:
    step_folder folder_;
    net::steady_timer changed_;
    net::steady_timer grace_;
    std::exception_ptr failure_;
    std::uint64_t length_ = 0;
    step_end end_;
    bool ended_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/followed_step.ipp>
#endif
#endif
