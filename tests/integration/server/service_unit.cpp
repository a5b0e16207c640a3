// The unit for systemd: whether systemd understands it, how much it takes away, and that the program takes its options.
#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>
#include <support/test_data.hpp>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_service_unit)

namespace {
/// The unit as it is installed, with the program that was built.
struct unit
{
    scratch_folder folder;
    std::string text = read();
    std::filesystem::path file = folder.write("acrx-runner.service", text);

    static std::string read()
    {
        std::ifstream in(data_path("../tools/acrx-runner.service"));
        std::string text{std::istreambuf_iterator<char>(in), {}};
        std::string const installed = "/usr/bin/acrx-runner";
        BOOST_REQUIRE(text.find("ExecStart=" + installed) != text.npos);
        return text.replace(text.find(installed), installed.size(), ACRX_RUNNER);
    }
    std::string command() const
    {
        auto const begin = text.find("ExecStart=") + 10;
        return text.substr(begin, text.find('\n', begin) - begin);
    }
    static bool has_systemd()
    {
        bool const is_here = shell("systemd-analyze --version").status == 0;
        if (!is_here)
            BOOST_TEST_MESSAGE("skipped: systemd-analyze is not at hand");
        return is_here;
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(is_understood_by_systemd, unit)
{
    if (!has_systemd())
        return;
    auto const verdict = shell("systemd-analyze verify --man=no --recursive-errors=no '" + file.string() + "'");
    BOOST_TEST(verdict.status == 0);
    BOOST_TEST(verdict.output == "");
}

BOOST_FIXTURE_TEST_CASE(takes_away_what_steps_do_not_need, unit)
{
    if (!has_systemd())
        return;
    auto const verdict = shell("systemd-analyze security --no-pager --offline=true --threshold=63 '" + file.string() + "'");
    BOOST_TEST(verdict.status == 0, verdict.output);
}

BOOST_FIXTURE_TEST_CASE(leaves_steps_what_they_need, unit)
{
    for (auto const* word : {"\nProtectHostname=", "\nProtectKernelTunables=", "\nRestrictSUIDSGID=", "\nRestrictNamespaces=", "\nPrivateDevices=",
                             "\nProtectControlGroups=", "\nNoNewPrivileges=", "\nDynamicUser="})
        BOOST_TEST(text.find(word) == text.npos, word + 1);
    BOOST_TEST(text.find("\nDelegate=yes\n") != text.npos);
}

BOOST_FIXTURE_TEST_CASE(gives_options_that_there_are, unit)
{
    std::istringstream words(command());
    std::string program, verb, word;
    words >> program >> verb;
    BOOST_TEST(verb == "serve");
    auto const help = must(program + " serve --help");
    while (words >> word)
        if (word.starts_with("--"))
            BOOST_TEST(help.find(word + " ") != help.npos, word);
}

BOOST_AUTO_TEST_SUITE_END()
