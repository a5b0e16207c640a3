// A server program that lives as long as its object, on a loopback port of its own.
#ifndef ACRX_TESTS_SUPPORT_SERVER_PROCESS_HPP
#define ACRX_TESTS_SUPPORT_SERVER_PROCESS_HPP

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace acrx::testing {
/// Starts a program that listens on the port it is told, and kills it with all it started at the end.
class server_process
{
public:
    using command_for = std::function<std::vector<std::string>(unsigned short port)>;

    /// @param command  the program and its arguments for a port; called again if somebody else took the port
    /// @param log      takes what it writes
    server_process(command_for command, std::filesystem::path log) : log_(std::move(log))
    {
        for (int tries = 0; tries < 5; ++tries) {
            port_ = free_port();
            if (start(command(port_)))
                return;
        }
        throw std::runtime_error("a server does not start:\n" + log_text());
    }
    server_process(server_process const&) = delete;
    server_process& operator=(server_process const&) = delete;
    ~server_process() { stop(); }

    unsigned short port() const { return port_; }
    std::string log_text() const
    {
        std::ifstream in(log_);
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    }

    static unsigned short free_port()
    {
        boost::asio::io_context host;
        boost::asio::ip::tcp::acceptor probe(host, {boost::asio::ip::address_v4::loopback(), 0});
        return probe.local_endpoint().port();
    }

private:
    bool start(std::vector<std::string> const& words)
    {
        std::vector<char*> args;
        for (auto const& word : words)
            args.push_back(const_cast<char*>(word.c_str()));
        args.push_back(nullptr);
        auto const parent = ::getpid();
        child_ = ::fork();
        if (child_ < 0)
            throw std::runtime_error("starting " + words.front());
        if (child_ == 0) {
            ::setpgid(0, 0);
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent)
                ::_exit(1);
            auto const out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            auto const in = ::open("/dev/null", O_RDONLY);
            ::dup2(in, 0);
            ::dup2(out, 1);
            ::dup2(out, 2);
            ::execvp(args.front(), args.data());
            ::_exit(127);
        }
        ::setpgid(child_, child_);
        return wait_until_it_listens();
    }

    bool wait_until_it_listens()
    {
        boost::asio::io_context host;
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (std::chrono::steady_clock::now() < end) {
            boost::system::error_code failed;
            boost::asio::ip::tcp::socket probe(host);
            probe.connect({boost::asio::ip::address_v4::loopback(), port_}, failed);
            if (!failed)
                return true;
            if (::waitpid(child_, nullptr, WNOHANG) == child_) {
                child_ = -1;
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        stop();
        return false;
    }

    void stop() noexcept
    {
        if (child_ <= 0)
            return;
        ::kill(-child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = -1;
    }

    std::filesystem::path log_;
    unsigned short port_ = 0;
    pid_t child_ = -1;
};
}  // namespace acrx::testing
#endif
