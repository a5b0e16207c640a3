// Bodies of io/child_process.hpp, over Boost.Process.
#ifndef ACRX_IO_IMPL_CHILD_PROCESS_IPP
#define ACRX_IO_IMPL_CHILD_PROCESS_IPP
#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

// The headers of Process in Boost 1.81 need these two and do not say so.
#include <boost/optional/optional.hpp>
#include <boost/type_traits.hpp>

#include <boost/process/v2/environment.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>

#include <signal.h>
#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <span>
#include <utility>

namespace acrx {
namespace detail {
namespace process = boost::process::v2;

/// What the new process does between fork and exec.
struct child_setup
{
    template<class Launcher>
    error_code on_exec_setup(Launcher&, process::filesystem::path const&, char const* const*) const
    {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The ends of our pipes, too, under the numbers they had here: who keeps them would hold the outputs open.
        ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
        if (!folder.empty() && ::chdir(folder.c_str()) != 0)
            return {errno, boost::system::system_category()};
        return {};
    }
    std::filesystem::path folder;
};

/// Kills the group of a process that is not waited for yet.
class group_guard
{
public:
    explicit group_guard(pid_t group) noexcept : group_(group) {}
    group_guard(group_guard const&) = delete;
    group_guard& operator=(group_guard const&) = delete;
    ~group_guard() { kill(); }
    void kill() noexcept
    {
        if (group_ > 0)
            ::kill(-group_, SIGKILL);
    }
    void release() noexcept { group_ = 0; }

private:
    pid_t group_;
};

/// The program, or an empty path.
inline std::filesystem::path find_program(std::string const& name)
{
    if (name.find('/') != std::string::npos)
        return ::access(name.c_str(), X_OK) == 0 ? std::filesystem::path(name) : std::filesystem::path();
    return process::environment::find_executable(name);
}

inline net::awaitable<void> read_limited(net::readable_pipe& pipe, std::string& into, std::size_t limit, bool& cut)
{
    std::array<char, 16384> piece{};
    for (;;) {
        error_code ended;
        auto const buffer = net::buffer(piece);
        auto const size = co_await pipe.async_read_some(buffer, net::redirect_error(net::use_awaitable, ended));
        auto const kept = std::min(size, limit - into.size());
        into.append(piece.data(), kept);
        cut = cut || kept < size;
        if (ended)
            co_return;
    }
}

/// A file in memory that holds the input: unlike a pipe, it does no harm if the program does not read it.
inline unique_fd input_file(std::string const& input)
{
    unique_fd file(::memfd_create("input", MFD_CLOEXEC));
    if (!file)
        throw_errno("preparing the input of a program");
    write_all(file.get(), std::as_bytes(std::span(input)), "the input of a program");
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

inline int status_as_shells_say(int status) noexcept
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Shared with the timer that closes them, which may fire late.
struct child_pipes
{
    explicit child_pipes(net::any_io_executor const& host) : out(host), err(host) {}
    void close() noexcept
    {
        error_code ignored;
        out.close(ignored);
        err.close(ignored);
    }
    net::readable_pipe out;
    net::readable_pipe err;
};

inline process::process start_child(net::any_io_executor const& host, child_command const& command, child_pipes& pipes)
{
    auto const& name = command.args.front();
    auto const program = find_program(name);
    if (program.empty())
        throw error(errc::not_found, "running " + name, "Install it, or put it into the PATH.");
    std::vector<std::string> const rest(command.args.begin() + 1, command.args.end());
    auto const input = input_file(command.input);
    process::process_stdio stdio{input.get(), pipes.out, pipes.err};
    std::vector<char const*> environment;
    if (command.env)
        for (auto const& variable : *command.env)
            environment.push_back(variable.c_str());
    environment.push_back(nullptr);
    process::default_process_launcher launcher;
    if (command.env)
        launcher.env = environment.data();
    error_code failed;
    auto started = launcher(host, failed, program.string(), rest, std::move(stdio), child_setup{command.working_dir});
    if (failed)
        throw error(failed, "running " + name);
    return started;
}

/// Waits for the end; the outputs are read a moment longer: a grandchild may hold them open for ever.
inline net::awaitable<void> wait_for_end(process::process& running, group_guard& group,
                                         std::shared_ptr<child_pipes> pipes, net::steady_timer& linger)
{
    error_code failed;
    co_await running.async_wait(net::redirect_error(net::use_awaitable, failed));
    if (failed)
        throw error(failed, "waiting for a program");
    group.release();
    linger.expires_after(std::chrono::milliseconds(200));
    linger.async_wait([pipes](error_code stopped) {
        if (!stopped)
            pipes->close();
    });
}

inline net::awaitable<child_result> collect(process::process& running, group_guard& group,
                                            std::shared_ptr<child_pipes> pipes, child_command const& command)
{
    using namespace net::experimental::awaitable_operators;
    child_result result;
    net::steady_timer linger(co_await net::this_coro::executor);
    auto reading = read_limited(pipes->out, result.out, command.output_limit, result.truncated)
                   && read_limited(pipes->err, result.err, command.output_limit, result.truncated);
    co_await (std::move(reading) && wait_for_end(running, group, pipes, linger));
    result.code = status_as_shells_say(running.native_exit_code());
    co_return result;
}
}  // namespace detail

ACRX_DECL net::awaitable<child_result> run_child(child_command command)
{
    if (command.args.empty())
        throw error(errc::invalid_argument, "running a program without a name");
    auto const host = co_await net::this_coro::executor;
    auto const pipes = std::make_shared<detail::child_pipes>(host);
    auto running = detail::start_child(host, command, *pipes);
    detail::group_guard group(running.id());
    auto ended = detail::collect(running, group, pipes, command);
    if (command.timeout.count() > 0)
        ended = with_deadline(std::move(ended), command.timeout, "running " + command.args.front());
    auto result = co_await std::move(ended);
    co_return result;
}
}  // namespace acrx
#endif
