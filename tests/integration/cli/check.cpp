// `acrx-quick build --check`, and what a build says of the Dockerfile's findings.
#include "tool.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <support/registry_server.hpp>
using namespace acrx;
using testing::run_tool;

BOOST_AUTO_TEST_SUITE(cli_check)
namespace {
struct checked_context : testing::scratch_folder
{
    explicit checked_context(std::string const& dockerfile)
    {
        write("ctx/Dockerfile", dockerfile);
        write("ctx/hello.txt", "hello\n");
    }
    std::string context() const { return (path() / "ctx").string(); }
    testing::tool_result run(std::vector<std::string> args) const
    {
        args.insert(args.begin(), "build");
        args.push_back(context());
        return run_tool(*this, std::move(args));
    }
    bool has_runs() const { return std::filesystem::exists(path() / "home/runs/ca1.json"); }
};

bool contains(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}
}  // namespace

BOOST_AUTO_TEST_CASE(says_that_nothing_is_found)
{
    checked_context const folder("FROM scratch\nCOPY hello.txt /\n");
    auto const result = folder.run({"--check"});
    BOOST_TEST(result.status == 0);
    BOOST_TEST(result.out == "Check complete, no warnings found.\n");
    BOOST_TEST(result.err == "");
    BOOST_TEST(!folder.has_runs());
}
BOOST_AUTO_TEST_CASE(shows_each_finding_with_its_lines)
{
    checked_context const folder("FROM scratch as one\nCOPY hello.txt /\nENV old form\n");
    auto const result = folder.run({"--check"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.err == "");
    BOOST_TEST(result.out
               == "Check complete, 2 warnings have been found!\n"
                  "\n"
                  "WARNING: FromAsCasing - https://docs.docker.com/go/dockerfile/rule/from-as-casing/\n"
                  "'as' and 'FROM' keywords' casing do not match\n"
                  "Dockerfile:1\n"
                  "--------------------\n"
                  "   1 | >>> FROM scratch as one\n"
                  "   2 |     COPY hello.txt /\n"
                  "   3 |     ENV old form\n"
                  "--------------------\n"
                  "\n"
                  "WARNING: LegacyKeyValueFormat - "
                  "https://docs.docker.com/go/dockerfile/rule/legacy-key-value-format/\n"
                  "\"ENV key=value\" should be used instead of legacy \"ENV key value\" format\n"
                  "Dockerfile:3\n"
                  "--------------------\n"
                  "   1 |     FROM scratch as one\n"
                  "   2 |     COPY hello.txt /\n"
                  "   3 | >>> ENV old form\n"
                  "--------------------\n");
    BOOST_TEST(!folder.has_runs());
}
BOOST_AUTO_TEST_CASE(counts_one_finding_as_one)
{
    checked_context const folder("FROM scratch as one\n");
    BOOST_TEST(folder.run({"--check"}).out.starts_with("Check complete, 1 warning has been found!\n"));
}
BOOST_AUTO_TEST_CASE(lists_findings_as_json)
{
    checked_context folder("FROM scratch\nENV \\\n  old form\n");
    folder.write("other.Dockerfile", "FROM scratch\nMAINTAINER x\n");
    auto const result = folder.run({"--check", "-o", "json"});
    BOOST_TEST(result.status == 1);
    auto const json = boost::json::parse(result.out);
    BOOST_TEST(json.at("file") == "Dockerfile");
    BOOST_TEST_REQUIRE(json.at("warnings").as_array().size() == 1U);
    auto const& warning = json.at("warnings").at(0);
    BOOST_TEST(warning.at("rule") == "LegacyKeyValueFormat");
    BOOST_TEST(warning.at("message") == "\"ENV key=value\" should be used instead of legacy \"ENV key value\" format");
    BOOST_TEST(warning.at("description") == "Legacy key/value format with whitespace separator should not be used");
    BOOST_TEST(warning.at("url") == "https://docs.docker.com/go/dockerfile/rule/legacy-key-value-format/");
    BOOST_TEST(warning.at("line") == 2);
    BOOST_TEST(warning.at("lastLine") == 3);
    auto const other = folder.run({"--check", "-o", "json", "-f", (folder / "other.Dockerfile").string()});
    BOOST_TEST(boost::json::parse(other.out).at("warnings").at(0).at("rule") == "MaintainerDeprecated");
    auto const table = folder.run({"--check", "-o", "table"});
    BOOST_TEST(table.out.starts_with("LINE  RULE"));
}
BOOST_AUTO_TEST_CASE(knows_the_ignore_file)
{
    checked_context folder("FROM scratch\nCOPY hello.txt /\n");
    folder.write("ctx/.dockerignore", "*.txt\n");
    auto const result = folder.run({"--check"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "Attempting to Copy file \"hello.txt\" that is excluded by .dockerignore"));
}
BOOST_AUTO_TEST_CASE(shows_the_error_behind_the_findings)
{
    checked_context const folder("FROM scratch as one\nCOPPY a b\n");
    auto const result = folder.run({"--check"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "WARNING: FromAsCasing"));
    BOOST_TEST(contains(result.err, "error: unknown instruction: COPPY"));
    BOOST_TEST(contains(result.err, "Dockerfile:2:1"));
    auto const json = boost::json::parse(folder.run({"--check", "-o", "json"}).out);
    BOOST_TEST(json.at("error").as_string().starts_with("unknown instruction: COPPY"));
}
BOOST_AUTO_TEST_CASE(needs_no_registry)
{
    checked_context const folder("FROM localhost:1/base\nENV a b\n");
    auto const result = folder.run({"--check"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "LegacyKeyValueFormat"));
    BOOST_TEST(contains(result.err, "note: the base image is taken for an empty one: localhost:1/base"));
}
BOOST_AUTO_TEST_CASE(asks_a_registry_for_the_config_of_a_base_alone)
{
    checked_context folder("FROM scratch\nENV BASE=1\nCOPY hello.txt /\n");
    testing::registry_server registry;
    BOOST_TEST_REQUIRE(folder.run({"-t", registry.host() + "/base:1"}).status == 0);
    folder.write("ctx/Dockerfile", "FROM " + registry.host() + "/base:1\nENV A=$BASE B=$BASIS\n");
    auto const result = run_tool(folder, {"build", "--check", "--home", (folder / "fresh").string(), folder.context()});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "Usage of undefined variable '$BASIS' (did you mean $BASE?)"), result.out);
    BOOST_TEST(!contains(result.out, "'$BASE'"));
    auto const missing = "FROM " + registry.host() + "/missing:1\n";
    folder.write("ctx/Dockerfile", missing);
    BOOST_TEST(folder.run({"--check"}).status == 1);
}
BOOST_AUTO_TEST_CASE(warns_in_a_build_and_records_it)
{
    checked_context const folder("FROM scratch as one\nCOPY hello.txt /\n");
    auto const result = folder.run({"-t", "app:1"});
    BOOST_TEST(result.status == 0);
    auto const line = "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)";
    BOOST_TEST(contains(result.out, line), result.out);
    BOOST_TEST(contains(testing::text_of(folder / "home/runs/ca1.log"), line));
    auto const record = boost::json::parse(testing::text_of(folder / "home/runs/ca1.json"));
    BOOST_TEST_REQUIRE(record.at("warnings").as_array().size() == 1U);
    BOOST_TEST(record.at("warnings").at(0).at("rule") == "FromAsCasing");
    BOOST_TEST(record.at("warnings").at(0).at("line") == 1);
}
BOOST_AUTO_TEST_CASE(fails_a_build_when_the_file_says_so)
{
    checked_context const folder("# check=error=true\nFROM scratch as one\nENV a b\nCOPY hello.txt /\n");
    auto const result = folder.run({"-t", "app:1"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "LegacyKeyValueFormat: "));
    BOOST_TEST(contains(result.err, "error: lint violation found for rules: FromAsCasing, LegacyKeyValueFormat"), result.err);
    auto const record = boost::json::parse(testing::text_of(folder / "home/runs/ca1.json"));
    BOOST_TEST(record.at("status") == "Failed");
    BOOST_TEST(record.at("warnings").as_array().size() == 2U);
    BOOST_TEST(folder.run({"--build-arg", "BUILDKIT_DOCKERFILE_CHECK=skip=all"}).status == 0);
    BOOST_TEST(folder.run({"--check"}).status == 1);
}
BOOST_AUTO_TEST_CASE(shows_no_secret)
{
    checked_context folder("FROM scratch\nARG WHERE\nCOPY $WHERE /\n");
    folder.write("ctx/.dockerignore", "hunter2-secret\n");
    auto const result = folder.run({"--check", "--secret-build-arg", "WHERE=hunter2-secret"});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(contains(result.out, "Copy file \"***\""), result.out);
    BOOST_TEST(!contains(result.out + result.err, "hunter2"));
}
BOOST_AUTO_TEST_SUITE_END()
