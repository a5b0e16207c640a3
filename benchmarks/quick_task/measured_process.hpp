// Runs a command to its end and tells how long it took and how much memory it used.
#ifndef ACRX_BENCHMARKS_QUICK_TASK_MEASURED_PROCESS_HPP
#define ACRX_BENCHMARKS_QUICK_TASK_MEASURED_PROCESS_HPP

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace acrx::bench {
/// One run of a command.
struct measurement
{
    double seconds = 0;   ///< wall clock, process start to exit
    double megabytes = 0; ///< peak resident memory of the largest process
};

/// @param log  takes the output; shown by the caller if the command fails
inline measurement run(std::vector<std::string> const& command, std::string const& log)
{
    std::vector<char*> argv;
    for (auto const& word : command)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    auto const start = std::chrono::steady_clock::now();
    pid_t const child = ::fork();
    if (child == 0) {
        int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        int const in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || ::wait4(child, &status, 0, &usage) < 0)
        throw std::runtime_error("cannot start " + command.front());
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::string text;
        for (auto const& word : command)
            text += word + " ";
        throw std::runtime_error("failed: " + text + "; its output is in " + log);
    }
    return {took.count(), static_cast<double>(usage.ru_maxrss) / 1024.0};
}
}  // namespace acrx::bench
#endif
