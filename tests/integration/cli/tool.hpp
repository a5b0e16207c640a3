// Starts acrx-quick as a shell would, and tells what it printed and how it ended.
#ifndef ACRX_TESTS_INTEGRATION_CLI_TOOL_HPP
#define ACRX_TESTS_INTEGRATION_CLI_TOOL_HPP

#include <boost/test/tree/decorator.hpp>
#include <support/scratch_folder.hpp>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace acrx::testing {
struct tool_result
{
    int status = 0;  ///< exit code; 128 + number if a signal ended it
    std::string out;
    std::string err;
};

inline std::string text_of(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Steps need root and a static shell.
inline boost::test_tools::assertion_result can_run_steps(boost::unit_test::test_unit_id)
{
    return ::geteuid() == 0 && std::filesystem::exists("/bin/busybox");
}

/// One process of acrx-quick on a state folder of its own test.
class started_tool
{
public:
    started_tool(scratch_folder const& folder, std::vector<std::string> args)
        : out_(temporary_name(folder.path(), "out")), err_(temporary_name(folder.path(), "err"))
    {
        args.insert(args.begin(), ACRX_QUICK);
        std::vector<char*> words;
        for (auto& arg : args)
            words.push_back(arg.data());
        words.push_back(nullptr);
        auto const home = (folder / "home").string();
        child_ = ::fork();
        if (child_ != 0)
            return;
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setenv("ACRX_HOME", home.c_str(), 1);
        ::dup2(::open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
        ::dup2(::open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
        ::execv(words.front(), words.data());
        ::_exit(127);
    }
    started_tool(started_tool const&) = delete;
    started_tool& operator=(started_tool const&) = delete;
    ~started_tool()
    {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
    }

    void send(int signal) const { ::kill(child_, signal); }
    /// As a terminal does: to the program and what it has started, unless that has left its process group.
    void send_to_group(int signal) const { ::kill(-child_, signal); }
    std::string out_so_far() const { return text_of(out_); }
    std::string err_so_far() const { return text_of(err_); }
    tool_result wait()
    {
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = -1;
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(out_), text_of(err_)};
    }

private:
    std::filesystem::path out_;
    std::filesystem::path err_;
    pid_t child_ = -1;
};

inline tool_result run_tool(scratch_folder const& folder, std::vector<std::string> args)
{
    return started_tool(folder, std::move(args)).wait();
}
}  // namespace acrx::testing
#endif
