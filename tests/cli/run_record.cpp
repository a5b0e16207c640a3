#include <acrx/cli/run_record.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_run_record)
namespace {
cli::run_record sample()
{
    cli::run_record record;
    record.id = "ca1";
    record.status = cli::run_status::succeeded;
    record.created = record.started = parse_rfc3339("2026-03-01T12:00:00Z");
    record.finished = parse_rfc3339("2026-03-01T12:00:01.5Z");
    record.platforms = {parse_platform("linux/arm64/v8")};
    record.image = digest::parse("sha256:" + std::string(64, 'a'));
    record.config = digest::parse("sha256:" + std::string(64, 'b'));
    record.images = {{parse_reference("localhost:5000/team/app:1"), true}, {parse_reference("app:1"), false}};
    return record;
}
}  // namespace

BOOST_AUTO_TEST_CASE(has_the_members_of_a_run)
{
    auto const json = boost::json::parse(cli::to_json_text(sample())).as_object();
    BOOST_TEST(json.at("runId") == "ca1");
    BOOST_TEST(json.at("status") == "Succeeded");
    BOOST_TEST(json.at("runType") == "QuickBuild");
    BOOST_TEST(json.at("createTime") == "2026-03-01T12:00:00Z");
    BOOST_TEST(json.at("finishTime").as_string().starts_with("2026-03-01T12:00:01.5"));
    BOOST_TEST(json.at("platform").at("os") == "linux");
    BOOST_TEST(json.at("platform").at("architecture") == "arm64");
    auto const& first = json.at("outputImages").at(0);
    BOOST_TEST(first.at("registry") == "localhost:5000");
    BOOST_TEST(first.at("repository") == "team/app");
    BOOST_TEST(first.at("tag") == "1");
    BOOST_TEST(first.at("digest").as_string() == json.at("imageDigest").as_string());
    BOOST_TEST(json.at("outputImages").at(1).at("registry") == "");
    BOOST_TEST(!json.contains("error"));
    BOOST_TEST(json.at("warnings").as_array().empty());
}
BOOST_AUTO_TEST_CASE(lists_what_the_checks_found)
{
    auto record = sample();
    record.warnings.push_back({dockerfile::lint_rule::undefined_var, "Usage of undefined variable '$x'", {4, 6, 1}});
    auto const json = boost::json::parse(cli::to_json_text(record));
    auto const& warning = json.at("warnings").at(0);
    BOOST_TEST(warning.at("rule") == "UndefinedVar");
    BOOST_TEST(warning.at("message") == "Usage of undefined variable '$x'");
    BOOST_TEST(warning.at("line") == 4);
    BOOST_TEST(warning.at("lastLine") == 6);
    BOOST_TEST(warning.at("url") == "https://docs.docker.com/go/dockerfile/rule/undefined-var/");
}
BOOST_AUTO_TEST_CASE(of_a_failure_has_no_image)
{
    auto record = sample();
    record.status = cli::run_status::timeout;
    record.image = {};
    record.config = {};
    record.images.clear();
    record.error = "the run took \"too\" long";
    auto const json = boost::json::parse(cli::to_json_text(record)).as_object();
    BOOST_TEST(json.at("status") == "Timeout");
    BOOST_TEST(json.at("imageDigest").is_null());
    BOOST_TEST(json.at("error") == "the run took \"too\" long");
}
BOOST_AUTO_TEST_CASE(fits_into_a_table)
{
    auto const text = cli::to_table(sample());
    BOOST_TEST(text.starts_with("RUN ID"));
    BOOST_TEST(text.find("ca1     linux/arm64") != std::string::npos, text);
    BOOST_TEST(text.find("1.5s") != std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
