// A started step: its main process, its output, and how to end it.
#ifndef ACRX_EXECUTOR_DETAIL_STEP_PROCESS_HPP
#define ACRX_EXECUTOR_DETAIL_STEP_PROCESS_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <sys/types.h>

#include <optional>
#include <utility>

namespace acrx::detail {
/// A child of this process, with those it started. Killed and collected with the object, unless it has been before.
class step_process
{
public:
    step_process() = default;
    /// @param id      leader of a process group
    /// @param handle  its pidfd
    step_process(pid_t id, unique_fd handle) noexcept : id_(id), handle_(std::move(handle)) {}
    step_process(step_process&& other) noexcept : id_(std::exchange(other.id_, 0)), handle_(std::move(other.handle_)) {}
    step_process& operator=(step_process&&) = delete;
    ACRX_DECL ~step_process();

    pid_t id() const noexcept { return id_; }
    int handle() const noexcept { return handle_.get(); }
    /// Asks it to end: SIGTERM to its process group; SIGKILL at once where nobody could heed that.
    ACRX_DECL void ask_to_end() const noexcept;
    /// Kills it and its process group; in a process namespace of its own, all that it started.
    ACRX_DECL void kill() const noexcept;
    /// Its status as shells say it once it has ended, after which it is collected; nothing while it runs.
    ACRX_DECL std::optional<int> try_collect();

private:
    pid_t id_ = 0;
    unique_fd handle_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/step_process.ipp>
#endif
#endif
