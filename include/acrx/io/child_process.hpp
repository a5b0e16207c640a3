// Runs a program of this machine and gives what it wrote.
#ifndef ACRX_IO_CHILD_PROCESS_HPP
#define ACRX_IO_CHILD_PROCESS_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// A program and what it is given.
struct child_command
{
    std::vector<std::string> args;                     ///< at least one; without a slash, looked up in our PATH
    std::optional<std::vector<std::string>> env;       ///< `K=V`, complete; nothing means our own environment
    std::filesystem::path working_dir;                 ///< empty means ours
    std::string input;                                 ///< its standard input; then end of file
    std::size_t output_limit = std::size_t{16} << 20;  ///< bytes kept of each output; what follows is dropped
    std::chrono::milliseconds timeout{0};              ///< 0 is no limit
};

/// How a program ended.
struct child_result
{
    int code = 0;  ///< exit status; 128 + number for a signal, as shells say it
    std::string out;
    std::string err;
    bool truncated = false;  ///< an output was longer than the limit
};

/// Runs a program in a process group of its own and waits for it.
///
/// Cancellation, and the time-out, kill the whole group, as does the end of the thread that called; the program
/// inherits no descriptor but 0, 1 and 2. That it fails is a result, not an error.
/// @throws error (`errc::not_found`) if there is no such program, (`errc::timed_out`) past the limit
ACRX_DECL net::awaitable<child_result> run_child(child_command command);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/child_process.ipp>
#endif
#endif
