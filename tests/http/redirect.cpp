#include <acrx/http/redirect.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(http_redirect)

http_request with_secrets(std::string method)
{
    http_request request;
    request.method = std::move(method);
    request.target = parse_url("https://registry.example/v2/a/blobs/x");
    request.headers.set("Authorization", "Bearer t");
    request.headers.set("Cookie", "c=d");
    request.headers.set("Range", "bytes=1-");
    request.body = "text";
    request.verify_peer = false;
    return request;
}

http_response answer(unsigned status, std::string location)
{
    http_response head;
    head.status = status;
    head.headers.set("Location", std::move(location));
    return head;
}

BOOST_AUTO_TEST_CASE(secrets_stay_at_their_origin)
{
    for (auto const* elsewhere : {"https://cdn.example/x", "http://registry.example/x", "https://registry.example:8443/x"}) {
        auto const next = redirected(with_secrets("GET"), answer(307, elsewhere));
        BOOST_REQUIRE(next);
        BOOST_TEST(!next->headers.has("Authorization"));
        BOOST_TEST(!next->headers.has("Cookie"));
        BOOST_TEST(next->headers.get("Range") == "bytes=1-");
        BOOST_TEST(next->verify_peer);
    }
    auto const same = redirected(with_secrets("GET"), answer(302, "/other"));
    BOOST_TEST(same->headers.has("Authorization"));
    BOOST_TEST(!same->verify_peer);
}

BOOST_AUTO_TEST_CASE(methods_and_bodies_survive_as_their_status_says)
{
    BOOST_TEST(redirected(with_secrets("PATCH"), answer(307, "/y"))->method == "PATCH");
    BOOST_TEST(std::get<std::string>(redirected(with_secrets("PUT"), answer(308, "/y"))->body) == "text");
    BOOST_TEST(redirected(with_secrets("POST"), answer(303, "/y"))->method == "GET");
    BOOST_TEST(redirected(with_secrets("POST"), answer(302, "/y"))->body.index() == 0U);
    BOOST_TEST(redirected(with_secrets("HEAD"), answer(303, "/y"))->method == "HEAD");
}

BOOST_AUTO_TEST_CASE(other_answers_are_none)
{
    BOOST_TEST(!redirected(with_secrets("GET"), answer(200, "/y")));
    BOOST_TEST(!redirected(with_secrets("GET"), answer(304, "/y")));
    BOOST_CHECK_THROW(redirected(with_secrets("GET"), answer(302, "ftp://h/")), error);
    BOOST_CHECK_THROW(redirected(with_secrets("GET"), http_response{.status = 302, .headers = {}, .body = {}, .from = {}}), error);
}

BOOST_AUTO_TEST_SUITE_END()
