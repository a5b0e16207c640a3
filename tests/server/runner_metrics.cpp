#include <acrx/server/runner_metrics.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_runner_metrics)
BOOST_AUTO_TEST_CASE(writes_the_exposition_format)
{
    runner_metrics metrics;
    metrics.count("acrx_runs_total", "Runs.", {{"task", "a\"b\\c\nd"}});
    metrics.count("acrx_runs_total", "Runs.", {{"task", "a\"b\\c\nd"}});
    metrics.set("acrx_queue_length", "Waiting.", 3);
    metrics.set("acrx_queue_length", "Waiting.", 2.5);
    BOOST_TEST(metrics.text() == "# HELP acrx_queue_length Waiting.\n# TYPE acrx_queue_length gauge\nacrx_queue_length 2.5\n"
                                 "# HELP acrx_runs_total Runs.\n# TYPE acrx_runs_total counter\n"
                                 "acrx_runs_total{task=\"a\\\"b\\\\c\\nd\"} 2\n");
}

BOOST_AUTO_TEST_CASE(writes_histograms_with_the_sums_of_their_buckets)
{
    runner_metrics metrics;
    std::array<double, 3> const bounds{0.5, 1, 10};
    for (double const value : {0.25, 1.0, 1.5, 100.0})
        metrics.observe("acrx_x_seconds", "Time.", bounds, value, {{"pool", "p"}});
    metrics.observe("acrx_x_seconds", "Time.", bounds, 0.5);
    BOOST_TEST(metrics.text() == "# HELP acrx_x_seconds Time.\n# TYPE acrx_x_seconds histogram\n"
                                 "acrx_x_seconds_bucket{le=\"0.5\"} 1\nacrx_x_seconds_bucket{le=\"1\"} 1\n"
                                 "acrx_x_seconds_bucket{le=\"10\"} 1\nacrx_x_seconds_bucket{le=\"+Inf\"} 1\n"
                                 "acrx_x_seconds_sum 0.5\nacrx_x_seconds_count 1\n"
                                 "acrx_x_seconds_bucket{pool=\"p\",le=\"0.5\"} 1\nacrx_x_seconds_bucket{pool=\"p\",le=\"1\"} 2\n"
                                 "acrx_x_seconds_bucket{pool=\"p\",le=\"10\"} 3\nacrx_x_seconds_bucket{pool=\"p\",le=\"+Inf\"} 4\n"
                                 "acrx_x_seconds_sum{pool=\"p\"} 102.75\nacrx_x_seconds_count{pool=\"p\"} 4\n");
}

BOOST_AUTO_TEST_CASE(bounds_of_histograms_rise)
{
    BOOST_TEST(std::ranges::is_sorted(answer_buckets));
    BOOST_TEST(std::ranges::is_sorted(waiting_buckets));
    BOOST_TEST(std::ranges::is_sorted(run_buckets));
}
BOOST_AUTO_TEST_SUITE_END()
