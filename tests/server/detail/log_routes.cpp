#include <acrx/server/detail/log_routes.hpp>

#include <server/served_api.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(server_detail_log_routes)

BOOST_FIXTURE_TEST_CASE(tells_the_length_of_a_log, served_api)
{
    auto const id = arm("POST", "scheduleRun", R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6IFtdCg=="})").at("/name");
    service.note(id, "a line");
    auto const size = std::to_string(service.log_size(id));
    BOOST_TEST(size != "0");
    auto const head = ask("HEAD", "/logs/" + id);
    BOOST_TEST(head.status == 200u);
    BOOST_TEST(head.text.empty());
    BOOST_TEST(head.headers.get("Content-Length") == size);
    BOOST_TEST(head.headers.get("x-ms-blob-content-length") == size);
}

BOOST_AUTO_TEST_SUITE_END()
