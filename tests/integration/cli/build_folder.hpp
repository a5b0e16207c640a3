// A context, a state folder, builds of it with acrx-quick, and what they leave behind.
#ifndef ACRX_TESTS_INTEGRATION_CLI_BUILD_FOLDER_HPP
#define ACRX_TESTS_INTEGRATION_CLI_BUILD_FOLDER_HPP

#include "tool.hpp"

#include <acrx/io/files.hpp>
#include <support/foreign_tools.hpp>

#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::testing {
/// Bytes that no compression makes smaller.
inline std::string noise(std::size_t size)
{
    std::mt19937_64 random(size);
    std::string text(size, '\0');
    for (auto& c : text)
        c = static_cast<char>(random());
    return text;
}

class build_folder : public scratch_folder
{
public:
    build_folder() { write("ctx/hello.txt", "hello\n"); }

    std::string context() const { return (path() / "ctx").string(); }
    /// The options of `acrx-quick build` on the context.
    std::vector<std::string> words(std::vector<std::string> options = {}) const
    {
        options.insert(options.begin(), "build");
        options.push_back(context());
        return options;
    }
    /// Builds; what comes out is also read by foreign tools.
    tool_result build(std::string const& dockerfile, std::vector<std::string> options = {}) const
    {
        write("ctx/Dockerfile", dockerfile);
        auto result = run_tool(*this, words(std::move(options)));
        if (result.status == 0)
            check_store(path() / "home");
        return result;
    }
    /// A shell at /bin/sh, for steps.
    void add_busybox() const { std::filesystem::copy_file("/bin/busybox", path() / "ctx/busybox"); }

    /// Temporary files of processes that have ended, and mounts; a line each.
    std::string left_behind() const
    {
        std::string lines;
        auto const home = path() / "home";
        for (auto const* folder : {"tmp", "ingest"})
            if (std::filesystem::exists(home / folder))
                for (auto const& entry : std::filesystem::directory_iterator(home / folder))
                    lines += entry.path().string() + "\n";
        if (std::filesystem::exists(home))
            for (auto const& entry : std::filesystem::recursive_directory_iterator(home))
                if (is_abandoned(entry.path().filename().string()))
                    lines += entry.path().string() + "\n";
        std::istringstream mounts(text_of("/proc/self/mountinfo"));
        for (std::string line; std::getline(mounts, line);)
            if (line.find((home / "").string()) != std::string::npos)
                lines += line + "\n";
        return lines;
    }
};

/// Processes of this machine whose command line holds `word`.
inline std::string processes_with(std::string const& word)
{
    std::string lines;
    for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
        auto const command = text_of(entry.path() / "cmdline");
        if (command.find(word) != std::string::npos)
            lines += entry.path().filename().string() + "\n";
    }
    return lines;
}
}  // namespace acrx::testing
#endif
