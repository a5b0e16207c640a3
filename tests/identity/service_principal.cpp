#include <acrx/identity/service_principal.hpp>

#include <acrx/core/error.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(identity_service_principal)

namespace {
service_principal principal(std::string const& authority)
{
    directory_entry entry{.tenant_id = "my-tenant", .client_id = "my-client", .authority = authority};
    return service_principal(std::move(entry), "s3cret/&=", identity_tests::quick_retry());
}

error failure(service_principal source, token_request const& request)
{
    try {
        run(source.get(request));
    } catch (error const& e) {
        return e;
    }
    throw std::logic_error("no error");
}
}  // namespace

BOOST_AUTO_TEST_CASE(shows_its_secret_to_the_authority)
{
    scripted_server server([](seen_request const&) {
        return reply{.body = R"({"token_type":"Bearer","expires_in":3599,"access_token":"the-token"})"};
    });
    auto source = principal(server.url());
    auto const before = system_clock().now();
    auto const token = run(source.get({"https://vault.azure.net"}));
    BOOST_TEST(token.value == "the-token");
    BOOST_TEST((token.expires - before > std::chrono::seconds(3590)));
    BOOST_TEST((token.expires - before < std::chrono::seconds(3700)));
    auto const asked = server.seen().at(0);
    BOOST_TEST(asked.line() == "POST /my-tenant/oauth2/v2.0/token");
    BOOST_TEST(asked.header("content-type") == "application/x-www-form-urlencoded");
    BOOST_TEST(asked.body == "grant_type=client_credentials&client_id=my-client&scope=https%3A%2F%2Fvault.azure.net%2F.default"
                             "&client_secret=s3cret%2F%26%3D");
}

BOOST_AUTO_TEST_CASE(says_what_the_authority_says_and_what_to_do)
{
    scripted_server server([](seen_request const&) {
        return reply{.status = 401,
                     .body = R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret.\r\nTrace ID: 1"})"};
    });
    auto const e = failure(principal(server.url()), {"https://vault.azure.net"});
    BOOST_CHECK(e.code() == errc::unauthorized);
    auto const text = e.text();
    for (auto const* part : {"https://vault.azure.net", "my-client", "my-tenant", "invalid_client: AADSTS7000215: Invalid client secret."})
        BOOST_TEST(text.find(part) != text.npos, part);
    BOOST_TEST(text.find("Trace") == text.npos);
    BOOST_TEST(text.find("s3cret") == text.npos);
    BOOST_TEST(e.advice().find("AZURE_CLIENT_SECRET") != text.npos);
    BOOST_TEST(server.count("POST") == 1U);
}

BOOST_AUTO_TEST_CASE(tries_again_while_the_authority_is_busy)
{
    int tries = 0;
    scripted_server server([&](seen_request const&) {
        return ++tries < 3 ? reply{.status = 503} : reply{.body = R"({"access_token":"t","expires_in":"60"})"};
    });
    auto source = principal(server.url());
    BOOST_TEST(run(source.get({"https://vault.azure.net"})).value == "t");
}

BOOST_AUTO_TEST_CASE(is_nobody_else)
{
    auto const e = failure(principal("http://127.0.0.1:1"), {"https://vault.azure.net", "other"});
    BOOST_CHECK(e.code() == errc::unauthorized);
    BOOST_TEST(e.text().find("the identity other") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_its_secret_over_tls_alone)
{
    auto const e = failure(principal("http://login.example.com"), {"https://vault.azure.net"});
    BOOST_CHECK(e.code() == errc::invalid_argument);
    BOOST_TEST(e.text().find("AZURE_AUTHORITY_HOST") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(wants_a_tenant_and_an_answer_with_a_token)
{
    directory_entry entry{.tenant_id = {}, .client_id = "c", .authority = "http://127.0.0.1:1"};
    BOOST_CHECK(failure(service_principal(entry, "s"), {"r"}).code() == errc::invalid_argument);
    scripted_server server([](seen_request const&) { return reply{.body = "<html>"}; });
    BOOST_CHECK(failure(principal(server.url()), {"r"}).code() == errc::protocol);
}

BOOST_AUTO_TEST_SUITE_END()
