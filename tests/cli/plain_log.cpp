#include <acrx/cli/plain_log.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(cli_plain_log)
BOOST_AUTO_TEST_CASE(writes_a_step_from_its_start_to_its_end)
{
    cli::plain_log log;
    time_point const start{};
    BOOST_TEST(log.take(work_started{7, "[build 2/5] RUN make"}, start) == "#1 [build 2/5] RUN make\n");
    BOOST_TEST(log.take(work_output{7, "cc -c a.c\r\nld"}, start + 512ms) == "#1 0.512 cc -c a.c\n");
    BOOST_TEST(log.take(work_output{7, " a.o\n"}, start + 1s) == "#1 1.000 ld a.o\n");
    BOOST_TEST(log.take(work_output{7, "no end"}, start + 1s) == "");
    BOOST_TEST(log.take(work_ended{7, work_ended::outcome::done}, start + 1200ms) == "#1 1.200 no end\n#1 DONE 1.2s\n\n");
}
BOOST_AUTO_TEST_CASE(tells_how_a_step_ended)
{
    cli::plain_log log;
    log.take(work_started{1, "a"}, {});
    log.take(work_started{2, "b"}, {});
    log.take(work_started{3, "c"}, {});
    BOOST_TEST(log.take(work_ended{2, work_ended::outcome::cached}, {}) == "#2 CACHED\n\n");
    BOOST_TEST(log.take(work_ended{1, work_ended::outcome::failed}, {}) == "#1 ERROR\n\n");
    BOOST_TEST(log.take(work_output{1, "late\n"}, {}) == "");
    BOOST_TEST(log.finish(work_ended::outcome::canceled, {}) == "#3 CANCELED\n\n");
}
BOOST_AUTO_TEST_CASE(warns_of_findings)
{
    cli::plain_log log;
    lint_finding const found{{dockerfile::lint_rule::maintainer_deprecated, "what is wrong", {3, 3, 1}}};
    BOOST_TEST(log.take(found, {}) == "warning: MaintainerDeprecated: what is wrong (line 3)\n");
}
BOOST_AUTO_TEST_CASE(never_cuts_a_line_by_another)
{
    cli::plain_log log;
    log.take(work_started{1, "a"}, {});
    log.take(work_started{2, "b"}, {});
    log.take(work_output{1, "one "}, {});
    BOOST_TEST(log.take(work_output{2, "two\n"}, {}) == "#2 0.000 two\n");
    BOOST_TEST(log.take(work_output{1, "three\n"}, {}) == "#1 0.000 one three\n");
}
BOOST_AUTO_TEST_CASE(shows_a_transfer_once_a_second)
{
    cli::plain_log log;
    time_point const start{};
    log.take(work_started{1, "pulling layer"}, start);
    BOOST_TEST(log.take(work_advanced{1, 1000, 48'000'000}, start + 100ms) == "");
    BOOST_TEST(log.take(work_advanced{1, 12'000'000, 48'000'000}, start + 1s) == "#1 12.0MB / 48.0MB\n");
    BOOST_TEST(log.take(work_advanced{1, 13'000'000, 48'000'000}, start + 1100ms) == "");
    BOOST_TEST(log.take(work_advanced{1, 48'000'000, 48'000'000}, start + 1200ms) == "");
    BOOST_TEST(log.take(work_ended{1, work_ended::outcome::done}, start + 2s) == "#1 48.0MB / 48.0MB\n#1 DONE 2.0s\n\n");
}
BOOST_AUTO_TEST_CASE(writes_notes)
{
    cli::plain_log log;
    BOOST_TEST(log.take(build_note{build_note::severity::warning, "old form"}, {}) == "warning: old form\n");
}
BOOST_AUTO_TEST_SUITE_END()
