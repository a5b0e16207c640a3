// A Docker engine of the test's own: dockerd, or podman's service of the same API, with all its state in a folder.
#ifndef ACRX_TESTS_SUPPORT_DOCKER_SERVICE_HPP
#define ACRX_TESTS_SUPPORT_DOCKER_SERVICE_HPP

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace acrx::testing {
/// Started by the constructor; ended, with its containers, by the destructor.
class docker_service
{
public:
    /// @param program  `dockerd` or `podman`
    explicit docker_service(std::string const& program)
    {
        auto const at = [&](char const* name) { return (folder_ / name).string(); };
        std::filesystem::create_directories(folder_ / "networks");
        std::vector<std::string> words;
        // Its usual limits need CAP_SYS_RESOURCE, which machines of tests may not have.
        std::ofstream(folder_ / "containers.conf")
            << "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n";
        if (program == "podman")
            words = {"podman",           "--root",   at("root"), "--runroot",            at("run"),
                     "--runtime",        "runc",     "--cgroup-manager", "cgroupfs", "--network-config-dir", at("networks"), "system",
                     "service",          "--time",   "0",        "unix://" + socket()};
        else
            words = {"dockerd",     "--host",    "unix://" + socket(), "--data-root", at("root"),
                     "--exec-root", at("run"),   "--pidfile",          at("pid"),     "--bridge",
                     "none"};
        start(words);
    }
    docker_service(docker_service const&) = delete;
    docker_service& operator=(docker_service const&) = delete;
    ~docker_service()
    {
        ::kill(child_, SIGTERM);
        for (int tries = 0; tries < 500 && ::waitpid(child_, nullptr, WNOHANG) == 0; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ::kill(-child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        // What it has mounted in its folder goes with it.
        shell("awk '{print $2}' /proc/self/mounts | grep -F '" + folder_.path().string() + "' | sort -r | xargs -r umount -l");
    }

    std::string socket() const { return (folder_ / "s").string(); }
    std::string log_text() const
    {
        std::ifstream in(folder_ / "log");
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    }

private:
    void start(std::vector<std::string> const& words)
    {
        std::vector<char*> args;
        for (auto const& word : words)
            args.push_back(const_cast<char*>(word.c_str()));
        args.push_back(nullptr);
        auto const log = (folder_ / "log").string();
        child_ = ::fork();
        if (child_ < 0)
            throw std::runtime_error("starting " + words.front());
        if (child_ == 0) {
            ::setpgid(0, 0);
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            auto const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(::open("/dev/null", O_RDONLY), 0);
            ::dup2(out, 1);
            ::dup2(out, 2);
            if (::chdir(folder_.path().c_str()) != 0)  // its monitors write files to where they start
                ::_exit(127);
            ::setenv("CONTAINERS_CONF", (folder_ / "containers.conf").c_str(), 1);
            ::execvp(args.front(), args.data());
            ::_exit(127);
        }
        ::setpgid(child_, child_);
        for (int tries = 0; tries < 1500; ++tries) {
            if (listens())
                return;
            if (::waitpid(child_, nullptr, WNOHANG) == child_)
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        throw std::runtime_error(words.front() + " does not start:\n" + log_text());
    }

    bool listens() const
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
        auto const probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto const done = ::connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(probe);
        return done;
    }

    scratch_folder folder_;
    pid_t child_ = -1;
};
}  // namespace acrx::testing
#endif
