#include <acrx/server/run_metrics.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(server_run_metrics)
BOOST_AUTO_TEST_CASE(measures_how_long_runs_wait_and_take)
{
    runner_metrics metrics;
    run_record run;
    run.task = "nightly";
    run.agent_pool = "big";
    run.created = parse_rfc3339("2026-03-01T12:00:00Z");
    run.cause.event.what = manual_request{"nightly", "somebody"};
    measure_run(metrics, run);
    BOOST_TEST(metrics.text() == "");
    run.status = run_status::running;
    run.started = run.created + 3s;
    measure_run(metrics, run);
    run.status = run_status::failed;
    run.finished = *run.started + 45s;
    measure_run(metrics, run);
    auto const text = metrics.text();
    auto const has = [&](std::string const& line) { return text.find(line + "\n") != text.npos; };
    BOOST_TEST(has(R"(acrx_run_queue_seconds_bucket{pool="big",le="1"} 0)"), text);
    BOOST_TEST(has(R"(acrx_run_queue_seconds_bucket{pool="big",le="5"} 1)"), text);
    BOOST_TEST(has(R"(acrx_run_queue_seconds_sum{pool="big"} 3)"), text);
    BOOST_TEST(has(R"(acrx_run_duration_seconds_bucket{status="Failed",le="30"} 0)"), text);
    BOOST_TEST(has(R"(acrx_run_duration_seconds_bucket{status="Failed",le="60"} 1)"), text);
    BOOST_TEST(has(R"(acrx_run_duration_seconds_count{status="Failed"} 1)"), text);
    BOOST_TEST(text.find("acrx_runs_total{task=\"nightly\"") != text.npos, text);
}

BOOST_AUTO_TEST_CASE(a_run_that_never_started_took_no_time)
{
    runner_metrics metrics;
    run_record run;
    run.status = run_status::canceled;
    run.finished = run.created + 45s;
    measure_run(metrics, run);
    BOOST_TEST(metrics.text().find("acrx_runs_total") != std::string::npos);
    BOOST_TEST(metrics.text().find("seconds") == std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
