#include <acrx/runner_cli/finished_hook.hpp>

#include <acrx/trigger/webhook_signature.hpp>

#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(runner_cli_finished_hook)
BOOST_AUTO_TEST_CASE(posts_the_run_with_its_signature)
{
    seen_request seen;
    scripted_server server([&](seen_request const& request) {
        seen = request;
        return reply{.status = 202};
    });
    run_record run;
    run.id = "ca7";
    run.status = run_status::failed;
    cli::finished_hook hook(server.url("/hook?key=x"), "shared", {});
    acrx::testing::run(hook.tell(run));
    BOOST_TEST(seen.line() == "POST /hook?key=x");
    BOOST_TEST(seen.header("x-acrx-delivery") == "ca7");
    BOOST_TEST(seen.header("x-acrx-signature-256") == "sha256=" + to_hex(hmac_sha256("shared", seen.body)));
    BOOST_TEST(seen.body.find("\"status\":\"Failed\"") != std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
