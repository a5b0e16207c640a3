#include <acrx/cli/raw_json_log.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(cli_raw_json_log)
namespace {
/// One object, and nothing more than one line of it.
boost::json::object object_in(std::string const& line)
{
    BOOST_TEST_REQUIRE(line.ends_with('\n'));
    BOOST_TEST_REQUIRE(line.find('\n') == line.size() - 1);
    return boost::json::parse(line).as_object();
}

/// The only element of the only array.
boost::json::object only(std::string const& line, std::string_view array)
{
    auto const object = object_in(line);
    BOOST_TEST_REQUIRE(object.size() == 1U);
    auto const& all = object.at(array).as_array();
    BOOST_TEST_REQUIRE(all.size() == 1U);
    return all.front().as_object();
}

std::string text_of(boost::json::value const& base64)
{
    return from_base64(base64.as_string()).value();
}

struct log_fixture
{
    cli::raw_json_log log{"ca7"};
    time_point const start = parse_rfc3339("2026-03-01T12:00:00.000000001Z");
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(tells_a_step_from_its_start_to_its_end, log_fixture)
{
    auto const begun = only(log.take(work_started{7, "[build 2/5] RUN make"}, start), "vertexes");
    BOOST_TEST(begun.at("digest").as_string() == digest_of("ca7#1").str());
    BOOST_TEST(begun.at("name") == "[build 2/5] RUN make");
    BOOST_TEST(begun.at("started") == "2026-03-01T12:00:00.000000001Z");
    BOOST_TEST(!begun.contains("completed"));
    auto const output = only(log.take(work_output{7, "cc \xff\r\nld"}, start + 512ms), "logs");
    BOOST_TEST(output.at("vertex") == begun.at("digest"));
    BOOST_TEST(output.at("stream") == 1);
    BOOST_TEST(text_of(output.at("data")) == "cc \xff\r\nld");
    BOOST_TEST(output.at("timestamp") == "2026-03-01T12:00:00.512000001Z");
    auto const ended = only(log.take(work_ended{7, work_ended::outcome::done}, start + 1s), "vertexes");
    BOOST_TEST(ended.at("digest") == begun.at("digest"));
    BOOST_TEST(ended.at("started") == begun.at("started"));
    BOOST_TEST(ended.at("completed") == "2026-03-01T12:00:01.000000001Z");
    BOOST_TEST(!ended.contains("error"));
    BOOST_TEST(!ended.contains("cached"));
    BOOST_TEST(log.take(work_output{7, "late"}, start) == "");
    BOOST_TEST(log.finish(work_ended::outcome::done, "", start) == "");
}
BOOST_FIXTURE_TEST_CASE(tells_how_work_ended, log_fixture)
{
    for (unsigned id = 1; id <= 4; ++id)
        log.take(work_started{id, "work " + std::to_string(id)}, start);
    BOOST_TEST(only(log.take(work_ended{2, work_ended::outcome::cached}, start), "vertexes").at("cached") == true);
    BOOST_TEST(only(log.take(work_ended{3, work_ended::outcome::failed}, start), "vertexes").at("error") == "failed");
    BOOST_TEST(only(log.take(work_ended{1, work_ended::outcome::canceled}, start), "vertexes").at("error") == "canceled");
    auto const end = object_in(log.finish(work_ended::outcome::canceled, "exit code 3", start + 1s));
    auto const& vertexes = end.at("vertexes").as_array();
    BOOST_TEST_REQUIRE(vertexes.size() == 2U);
    BOOST_TEST(vertexes[0].at("name") == "work 4");
    BOOST_TEST(vertexes[0].at("error") == "canceled");
    BOOST_TEST(vertexes[0].at("completed") == "2026-03-01T12:00:01.000000001Z");
    BOOST_TEST(vertexes[1].at("name") == "work 3");
    BOOST_TEST(vertexes[1].at("error") == "exit code 3");
}
BOOST_FIXTURE_TEST_CASE(another_run_has_other_digests, log_fixture)
{
    cli::raw_json_log other("ca8");
    auto const here = only(log.take(work_started{1, "a"}, start), "vertexes");
    auto const there = only(other.take(work_started{1, "a"}, start), "vertexes");
    BOOST_TEST(here.at("digest") != there.at("digest"));
}
BOOST_FIXTURE_TEST_CASE(tells_a_transfer_ten_times_a_second, log_fixture)
{
    log.take(work_started{1, "pulling layer"}, start);
    auto const first = only(log.take(work_advanced{1, 1000, 48'000'000}, start + 10ms), "statuses");
    BOOST_TEST(first.at("id") == "pulling layer");
    BOOST_TEST(first.at("vertex").as_string() == digest_of("ca7#1").str());
    BOOST_TEST(first.at("current") == 1000);
    BOOST_TEST(first.at("total") == 48'000'000);
    BOOST_TEST(first.at("timestamp") == "2026-03-01T12:00:00.010000001Z");
    BOOST_TEST(log.take(work_advanced{1, 2000, 48'000'000}, start + 109ms) == "");
    BOOST_TEST(only(log.take(work_advanced{1, 3000, 48'000'000}, start + 110ms), "statuses").at("current") == 3000);
    log.take(work_advanced{1, 48'000'000, 48'000'000}, start + 120ms);
    auto const end = object_in(log.take(work_ended{1, work_ended::outcome::done}, start + 1s));
    auto const& last = end.at("statuses").at(0);
    BOOST_TEST(last.at("current") == 48'000'000);
    BOOST_TEST(last.at("completed") == end.at("vertexes").at(0).at("completed"));
}
BOOST_FIXTURE_TEST_CASE(warns_of_findings_and_notes, log_fixture)
{
    lint_finding const found{{dockerfile::lint_rule::maintainer_deprecated, "what is wrong", {3, 4, 1}}};
    auto const warning = only(log.take(found, start), "warnings");
    BOOST_TEST(warning.at("level") == 1);
    BOOST_TEST(text_of(warning.at("short")) == "MaintainerDeprecated: what is wrong (line 3)");
    BOOST_TEST(text_of(warning.at("detail").at(0)).starts_with("The MAINTAINER instruction is deprecated"));
    BOOST_TEST(warning.at("url") == "https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/");
    BOOST_TEST(boost::json::serialize(warning.at("range")) == R"([{"start":{"line":3},"end":{"line":4}}])");
    auto const note = only(log.take(build_note{build_note::severity::information, "by the way"}, start), "warnings");
    BOOST_TEST(note.at("level") == 0);
    BOOST_TEST(text_of(note.at("short")) == "by the way");
    BOOST_TEST(text_of(only(log.say("two\nlines"), "warnings").at("short")) == "two\nlines");
}
BOOST_FIXTURE_TEST_CASE(names_are_json_whatever_the_dockerfile_is, log_fixture)
{
    auto const work = only(log.take(work_started{1, "RUN \"\n\x01\xff"}, start), "vertexes");
    BOOST_TEST(work.at("name") == "RUN \"\n\x01\xef\xbf\xbd");
}
BOOST_AUTO_TEST_SUITE_END()
