#include <acrx/cli/describe_command.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_describe_command)
BOOST_AUTO_TEST_CASE(lists_targets)
{
    std::vector<build_target> const targets{{"base", "is the base", "alpine", "", false},
                                            {"", "", "base", "linux/arm64", true}};
    BOOST_TEST(cli::targets_text(targets, cli::output_format::text)
               == "TARGET     DESCRIPTION\nbase       is the base\n(default)  \n");
    BOOST_TEST(cli::targets_text(targets, cli::output_format::json).find("\"platform\": \"linux/arm64\"")
               != std::string::npos);
    BOOST_TEST(cli::targets_text({{"app", "", "x", "", true}}, cli::output_format::text)
               == "TARGET         DESCRIPTION\napp (default)  \n");
}

BOOST_AUTO_TEST_CASE(shows_an_outline)
{
    build_outline outline;
    outline.target = {"app", "is the app", "alpine", "", true};
    outline.arguments = {{"V", "1", "the version", 1}, {"LONG_NAME", "", "", 2}};
    outline.secrets = {{"token", true, 3}};
    BOOST_TEST(cli::outline_text(outline, cli::output_format::text)
               == "TARGET:       app\nDESCRIPTION:  is the app\n\nBUILD ARG  VALUE  DESCRIPTION\nV          1      the "
                  "version\n"
                  "LONG_NAME         \n\nSECRET  REQUIRED\ntoken   true\n");
    auto const json = cli::outline_text(outline, cli::output_format::json);
    for (auto const* part : {"\"name\": \"app\"", "\"value\": \"1\"", "\"required\": true", "\"secrets\""})
        BOOST_TEST(json.find(part) != std::string::npos, json);
    BOOST_TEST(json.find("\"ssh\"") == std::string::npos, json);
    BOOST_TEST(cli::outline_text({}, cli::output_format::text) == "");
}

BOOST_AUTO_TEST_SUITE_END()
