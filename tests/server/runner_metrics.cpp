#include <acrx/server/runner_metrics.hpp>

#include <boost/test/unit_test.hpp>

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
BOOST_AUTO_TEST_SUITE_END()
