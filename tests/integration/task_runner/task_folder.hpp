// A context with a task file, runs of it with acrx-quick, and what they leave behind.
#ifndef ACRX_TESTS_INTEGRATION_TASK_RUNNER_TASK_FOLDER_HPP
#define ACRX_TESTS_INTEGRATION_TASK_RUNNER_TASK_FOLDER_HPP

#include <boost/json/parse.hpp>
#include <boost/test/tree/decorator.hpp>
#include <support/busybox_base.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace acrx::testing {
/// Containers need root and a static shell.
inline boost::test_tools::assertion_result can_run_containers(boost::unit_test::test_unit_id)
{
    return ::geteuid() == 0 && std::filesystem::exists("/bin/busybox");
}

/// One state folder for all tests of a program; the image `busybox:base` lies in it.
class task_home
{
public:
    static task_home const& get()
    {
        static task_home const home;
        return home;
    }
    std::string path() const { return (folder_ / "home").string(); }

private:
    task_home() { make_busybox_base(folder_, path(), "ENV FROM_IMAGE=yes\nCMD [\"echo\", \"usual\"]\n"); }

    scratch_folder folder_;
};

/// One context, and runs of a task in it.
class task_folder : public scratch_folder
{
public:
    task_folder() { write("ctx/hello.txt", "hello\n"); }

    std::string context() const { return (path() / "ctx").string(); }

    /// Runs `acrx-quick run` on the context.
    shell_result run(std::string const& task, std::string const& options = {}) const
    {
        write("ctx/acb.yaml", task);
        return run_as_it_is(options + " " + context());
    }
    shell_result run_as_it_is(std::string const& words) const
    {
        return shell(environment + " " + ACRX_QUICK + " run --home " + home + " " + words);
    }
    /// The same; throws with the output unless it succeeds.
    std::string must_run(std::string const& task, std::string const& options = {}) const
    {
        auto result = run(task, options);
        if (result.status != 0)
            throw std::runtime_error(result.output);
        return result.output;
    }
    std::string home = task_home::get().path();
    std::string environment;  ///< settings in front of the command

    /// What a step printed: its lines without label and time, but for those of its begin and end.
    static std::string printed(std::string const& output, std::string const& step)
    {
        std::istringstream lines(output);
        std::string text;
        for (std::string line; std::getline(lines, line);) {
            auto const bar = line.find(" | ");
            if (bar == std::string::npos || line.substr(0, line.find(' ')) != step || line.size() < bar + 9)
                continue;
            auto const said = line.substr(line.find_first_of("0123456789", bar + 3));
            auto const what = said.substr(std::min(said.size(), said.find(' ') + 1));
            if (what != "started" && what != "successful" && what != "failed")
                text += what + "\n";
        }
        return text;
    }
};
}  // namespace acrx::testing
#endif
