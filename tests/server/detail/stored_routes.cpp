#include <acrx/server/detail/stored_routes.hpp>

#include <server/served_api.hpp>

#include <acrx/core/base64.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(server_detail_stored_routes)

namespace {
std::string task_with_timers(std::string const& timers)
{
    return R"({"properties":{"step":{"type":"EncodedTask","encodedTaskContent":")" + to_base64("steps:\n  - cmd: bash echo hi\n")
           + R"("},"trigger":{"timerTriggers":)" + timers + "}}}";
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(takes_no_two_timers_of_one_name_or_schedule, served_api)
{
    auto const timers = [&](std::string const& list) { return arm("PUT", "tasks/nightly", task_with_timers(list)); };
    auto const names = timers(R"([{"name":"t1","schedule":"0 2 * * *"},{"name":"T1","schedule":"0 3 * * *"}])");
    BOOST_TEST(names.status == 400u, names.text);
    BOOST_TEST(names.at("/error/target") == "properties.trigger.timerTriggers[1].name");
    BOOST_TEST(timers(R"([{"name":"t1","schedule":"0 2 * * *"},{"name":"t2","schedule":"0 2 * * *"}])").status == 400u);
    BOOST_TEST(timers(R"([{"name":"t1","schedule":"0 2 * * *"},{"name":"t2","schedule":"0 3 * * *"}])").status == 201u);
}

BOOST_FIXTURE_TEST_CASE(counts_the_runs_of_a_pool, served_api)
{
    BOOST_TEST(arm("PUT", "agentPools/Big", R"({"properties":{"count":1}})").status == 201u);
    BOOST_TEST(arm("POST", "agentPools/big/listQueueStatus").at("/count") == "0");
    arm("PUT", "tasks/nightly", task_with_timers("[]"));
    arm("POST", "scheduleRun", R"({"type":"TaskRunRequest","taskId":"/tasks/nightly","agentPoolName":"big"})");
    BOOST_TEST(arm("POST", "agentPools/big/listQueueStatus").at("/count") == "1");
    BOOST_TEST(arm("POST", "agentPools/none/listQueueStatus").status == 404u);
    BOOST_TEST(arm("GET", "agentPools/big/listQueueStatus").status == 405u);
    BOOST_TEST(arm("PUT", "agentPools/BIG", R"({"properties":{"count":2}})").at("/name") == "Big");
}

BOOST_AUTO_TEST_SUITE_END()
