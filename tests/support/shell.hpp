// Runs commands of this machine for tests.
#ifndef ACRX_TESTS_SUPPORT_SHELL_HPP
#define ACRX_TESTS_SUPPORT_SHELL_HPP

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace acrx::testing {
/// How a command ended, and what it wrote to both its outputs.
struct shell_result
{
    int status = 0;  ///< exit status; 128 + number for a signal
    std::string output;
};

inline shell_result shell(std::string const& command)
{
    auto const line = "{ " + command + "\n} 2>&1 </dev/null";
    auto* const pipe = ::popen(line.c_str(), "r");
    if (pipe == nullptr)
        throw std::runtime_error("cannot start a shell");
    shell_result result;
    std::array<char, 4096> piece;
    while (auto const got = std::fread(piece.data(), 1, piece.size(), pipe))
        result.output.append(piece.data(), got);
    auto const status = ::pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

/// The output of a command that must succeed.
inline std::string must(std::string const& command)
{
    auto result = shell(command);
    if (result.status != 0)
        throw std::runtime_error("failed (" + std::to_string(result.status) + "): " + command + "\n" + result.output);
    return result.output;
}

inline bool have(std::string const& program)
{
    return shell("command -v " + program).status == 0;
}
}  // namespace acrx::testing
#endif
