// A runner to put load on: a process of its own, its API, and what it takes of the machine.
#ifndef ACRX_BENCHMARKS_RUNNER_RUNNER_UNDER_LOAD_HPP
#define ACRX_BENCHMARKS_RUNNER_RUNNER_UNDER_LOAD_HPP

#include <acrx/http/client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace acrx::bench {
/// What a process has used so far.
struct process_use
{
    double processor_seconds = 0;
    double megabytes = 0;  ///< resident now
};

/// `acrx-runner serve` on loopback, from construction to destruction.
class runner_under_load
{
public:
    runner_under_load(std::string program, std::filesystem::path home, std::vector<std::string> const& options = {})
        : log_(home / "server.log")
    {
        std::filesystem::create_directories(home);
        std::vector<std::string> words{std::move(program), "serve", "--listen", "0", "--home", home.string()};
        words.insert(words.end(), options.begin(), options.end());
        std::vector<char*> args;
        for (auto& word : words)
            args.push_back(word.data());
        args.push_back(nullptr);
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            int const out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
            ::dup2(out, 1);
            ::dup2(out, 2);
            ::execv(args[0], args.data());
            ::_exit(127);
        }
        url_ = wait_for_url();
    }
    runner_under_load(runner_under_load const&) = delete;
    runner_under_load& operator=(runner_under_load const&) = delete;
    ~runner_under_load()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    http_request request(std::string method, std::string const& path, std::string body = {}) const
    {
        http_request made;
        made.method = std::move(method);
        made.target = parse_url(url_ + path);
        made.body = std::move(body);
        return made;
    }
    http_request arm(std::string method, std::string const& rest, std::string body = {}) const
    {
        return request(std::move(method),
                       "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/" + rest
                           + "?api-version=2019-06-01-preview",
                       std::move(body));
    }
    process_use use() const
    {
        auto const folder = "/proc/" + std::to_string(child_);
        std::ifstream stat(folder + "/stat");
        std::string word;
        std::vector<std::string> words;
        while (stat >> word)
            words.push_back(word);
        std::ifstream memory(folder + "/statm");
        double all = 0;
        double resident = 0;
        memory >> all >> resident;
        auto const ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        auto const page = static_cast<double>(::sysconf(_SC_PAGESIZE));
        return {(std::stod(words.at(13)) + std::stod(words.at(14))) / ticks, resident * page / 1e6};
    }

private:
    std::string wait_for_url() const
    {
        for (int tries = 0; tries < 500; ++tries) {
            std::ifstream in(log_);
            for (std::string line; std::getline(in, line);)
                if (auto const at = line.find("http://127.0.0.1:"); at != std::string::npos && !in.eof())
                    return line.substr(at, line.find_first_not_of("0123456789", at + 17) - at);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        throw std::runtime_error("the runner does not start: see " + log_.string());
    }

    std::filesystem::path log_;
    std::string url_;
    pid_t child_ = -1;
};

/// Sends one request and throws unless it succeeds.
inline net::awaitable<http_response> must_send(http_client client, http_request request)
{
    auto const what = request.method + " " + to_string(request.target);
    auto answer = co_await client.send(std::move(request));
    if (!is_success(answer.status))
        throw std::runtime_error(what + " gives " + std::to_string(answer.status) + ": " + answer.body);
    co_return answer;
}
}  // namespace acrx::bench
#endif
