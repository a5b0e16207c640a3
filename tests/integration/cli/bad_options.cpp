// What acrx-quick must refuse, and in which words: a table of command lines.
#include "tool.hpp"

#include <support/shell.hpp>
#include <support/test_data.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_bad_options)
namespace {
/// Reads `EXIT | ARGUMENTS | TEXT`.
struct refused_line
{
    explicit refused_line(std::string const& line)
    {
        auto const first = line.find(" | ");
        auto const last = line.rfind(" | ");
        BOOST_REQUIRE_MESSAGE(first != last, line);
        status = std::stoi(line);
        arguments = line.substr(first + 3, last - first - 3);
        text = line.substr(last + 3);
    }

    int status = 0;
    std::string arguments;
    std::string text;
};

std::vector<refused_line> refused_lines()
{
    std::ifstream file(testing::data_path("integration/cli/data/bad_options.txt"));
    std::vector<refused_line> lines;
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line.front() != '#')
            lines.emplace_back(line);
    return lines;
}

struct command_folder : testing::scratch_folder
{
    command_folder()
    {
        write("ctx/Dockerfile", "FROM scratch\nCOPY hello /\n");
        write("ctx/hello", "hello\n");
        write("work/file", "no certificate, no key\n");
        write("work/key", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        std::filesystem::create_directories(path() / "work/empty");
    }
    testing::shell_result run(std::string arguments) const
    {
        if (auto const context = arguments.find("CTX"); context != std::string::npos)
            arguments.replace(context, 3, "ctx");
        return testing::shell("cd " + path().string()
                              + " && env -u SSH_AUTH_SOCK ACRX_HOME=" + (path() / "home").string()
                              + " timeout 60 " ACRX_QUICK " " + arguments + " 2>&1 </dev/null");
    }
};
}  // namespace

BOOST_AUTO_TEST_CASE(each_gets_one_error_and_its_exit_code)
{
    command_folder const folder;
    auto const lines = refused_lines();
    BOOST_TEST_REQUIRE(lines.size() > 100U);
    for (auto const& line : lines) {
        auto const result = folder.run(line.arguments);
        BOOST_TEST(result.status == line.status,
                   line.arguments << " ended with " << result.status << ": " << result.output);
        auto const error = result.output.find("error: ");
        BOOST_TEST((error != std::string::npos && result.output.find("error: ", error + 1) == std::string::npos),
                   line.arguments << " says no single error: " << result.output);
        BOOST_TEST(result.output.find(line.text) != std::string::npos, line.arguments << " says: " << result.output);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_value_is_a_value)
{
    command_folder const folder;
    for (auto const* option : {"--target=", "--platform=", "--registry="}) {
        auto const result = folder.run("build --no-push " + std::string(option) + " CTX");
        BOOST_TEST(result.status == 0, option << ": " << result.output);
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_left_behind)
{
    command_folder const folder;
    folder.run("build --output type=oci,dest=work/x,foo=bar CTX");
    BOOST_TEST(!std::filesystem::exists(folder / "work/x"));
    BOOST_TEST(folder.run("build --no-push CTX").status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
