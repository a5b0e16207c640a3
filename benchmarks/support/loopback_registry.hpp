// Debian's docker-registry, for measurements.
#ifndef ACRX_BENCHMARKS_SUPPORT_LOOPBACK_REGISTRY_HPP
#define ACRX_BENCHMARKS_SUPPORT_LOOPBACK_REGISTRY_HPP

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace acrx::bench {
/// A registry of its own on a free loopback port; ends with this program.
class loopback_registry
{
public:
    explicit loopback_registry(std::filesystem::path const& folder)
    {
        int const probe = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(probe, reinterpret_cast<sockaddr*>(&address), length);
        ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
        ::close(probe);
        host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        std::ofstream(folder / "registry.yml")
            << "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: "
            << (folder / "registry").string() << "}}\nhttp: {addr: " << host_ << "}\n";
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            int const log = ::open((folder / "registry.log").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
            ::dup2(log, 1);
            ::dup2(log, 2);
            ::execlp("docker-registry", "docker-registry", "serve", (folder / "registry.yml").c_str(), nullptr);
            ::_exit(127);
        }
        for (int i = 0; i < 200; ++i) {
            int const s = ::socket(AF_INET, SOCK_STREAM, 0);
            bool const up = ::connect(s, reinterpret_cast<sockaddr*>(&address), length) == 0;
            ::close(s);
            if (up)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        throw std::runtime_error("docker-registry does not start: is the package installed?");
    }
    ~loopback_registry()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    loopback_registry(loopback_registry const&) = delete;
    loopback_registry& operator=(loopback_registry const&) = delete;
    std::string const& host() const { return host_; }

private:
    std::string host_;
    pid_t child_ = -1;
};
}  // namespace acrx::bench
#endif
