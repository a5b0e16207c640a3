#include <acrx/http/send_patiently.hpp>

#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::reply;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(http_send_patiently)

namespace {
retry_policy const quick{.tries = 3, .base = 1ms, .ceiling = 2ms, .retry_after_ceiling = 5ms};

http_response send_to(scripted_server const& server)
{
    http_request request;
    request.target = parse_url(server.url("/x"));
    return acrx::testing::run(send_patiently(http_client(), std::move(request), quick));
}
}  // namespace

BOOST_AUTO_TEST_CASE(tells_what_passes_from_what_does_not)
{
    for (unsigned status : {408U, 429U, 500U, 502U, 503U, 504U, 599U})
        BOOST_TEST(is_passing_status(status), status);
    for (unsigned status : {200U, 301U, 400U, 401U, 403U, 404U, 409U, 501U, 505U})
        BOOST_TEST(!is_passing_status(status), status);
}

BOOST_AUTO_TEST_CASE(sends_again_until_it_is_served)
{
    int tries = 0;
    scripted_server server([&](seen_request const&) {
        ++tries;
        if (tries == 1)
            return reply{.status = 503, .headers = {{"Retry-After", "1"}}};
        return tries == 2 ? reply{.silent = true} : reply{.body = "done"};
    });
    BOOST_TEST(send_to(server).body == "done");
    BOOST_TEST(server.count("GET") >= 3U);
}

BOOST_AUTO_TEST_CASE(gives_the_last_answer_when_patience_ends)
{
    scripted_server server([](seen_request const&) { return reply{.status = 429}; });
    BOOST_TEST(send_to(server).status == 429U);
    BOOST_TEST(server.count("GET") == 3U);
}

BOOST_AUTO_TEST_CASE(does_not_repeat_a_refusal)
{
    scripted_server server([](seen_request const&) { return reply{.status = 403}; });
    BOOST_TEST(send_to(server).status == 403U);
    BOOST_TEST(server.count("GET") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
