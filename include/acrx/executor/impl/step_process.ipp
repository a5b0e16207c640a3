// Bodies of executor/detail/step_process.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STEP_PROCESS_IPP
#define ACRX_EXECUTOR_IMPL_STEP_PROCESS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/step_process.hpp>
#include <acrx/io/files.hpp>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <string>

namespace acrx::detail {
/// The first process of a namespace never gets a signal that it has no handler for. If it also has no child, nobody
/// could heed SIGTERM.
inline bool could_heed_sigterm(pid_t id)
{
    auto const folder = "/proc/" + std::to_string(id);
    std::ifstream status(folder + "/status");
    bool first_in_namespace = false;
    for (std::string word; status >> word;) {
        if (word == "NSpid:") {
            std::getline(status, word);
            first_in_namespace = word.ends_with("\t1");
        } else if (word == "SigCgt:" && status >> word) {
            if (!first_in_namespace || (std::stoull(word, nullptr, 16) & (1ULL << (SIGTERM - 1))) != 0)
                return true;
            break;
        }
    }
    std::ifstream children(folder + "/task/" + std::to_string(id) + "/children");
    pid_t child = 0;
    return !children.is_open() || bool(children >> child);
}

ACRX_DECL step_process::~step_process()
{
    if (id_ <= 0)
        return;
    kill();
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | __WALL) != 0 && errno == EINTR)
        ;
}

ACRX_DECL void step_process::ask_to_end() const noexcept
{
    if (id_ <= 0)
        return;
    bool heed = true;
    try {
        heed = could_heed_sigterm(id_);
    } catch (...) {  // only the grace is at stake
    }
    if (heed)
        ::kill(-id_, SIGTERM);
    else
        kill();
}

ACRX_DECL void step_process::kill() const noexcept
{
    if (id_ <= 0)
        return;
    ::kill(-id_, SIGKILL);
    ::kill(id_, SIGKILL);
}

ACRX_DECL std::optional<int> step_process::try_collect()
{
    siginfo_t info{};
    // First without collecting: as long as the leader is not collected, its group's number is not given away.
    if (id_ <= 0 || ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0)
        throw_errno("waiting for a step");
    if (info.si_pid == 0)
        return std::nullopt;
    ::kill(-id_, SIGKILL);
    ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | __WALL);
    id_ = 0;
    return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}
}  // namespace acrx::detail
#endif
