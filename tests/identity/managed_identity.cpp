#include <acrx/identity/managed_identity.hpp>

#include <acrx/core/error.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(identity_managed_identity)

namespace {
reply token_reply()
{
    return {.body = R"({"access_token":"imds-token","expires_in":"86399","expires_on":"4102444800","resource":"r","token_type":"Bearer"})"};
}

/// The requests that an identity makes with these settings, of which `point` makes an endpoint of the server.
seen_request request_of(void (*point)(identity_settings&, std::string const& url), token_request const& wanted)
{
    scripted_server server([](seen_request const&) { return token_reply(); });
    identity_settings settings;
    point(settings, "http://" + server.host());
    managed_identity identity(settings, identity_tests::quick_retry());
    BOOST_TEST(run(identity.get(wanted)).value == "imds-token");
    return server.seen().at(0);
}

void at_metadata_service(identity_settings& settings, std::string const& url)
{
    settings.metadata_host = url + "/";
}

error failure(managed_identity identity, token_request const& request)
{
    try {
        run(identity.get(request));
    } catch (error const& e) {
        return e;
    }
    throw std::logic_error("no error");
}
}  // namespace

BOOST_AUTO_TEST_CASE(asks_the_metadata_service)
{
    auto const system = request_of(at_metadata_service, {"https://vault.azure.net"});
    BOOST_TEST(system.line() == "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net");
    BOOST_TEST(system.header("metadata") == "true");
    auto const client = request_of(at_metadata_service, {"r", "0000-1"});
    BOOST_TEST(client.target.ends_with("&resource=r&client_id=0000-1"));
    auto const resource = request_of(at_metadata_service, {"r", "/subscriptions/s/x"});
    BOOST_TEST(resource.target.ends_with("&resource=r&msi_res_id=%2Fsubscriptions%2Fs%2Fx"));
}

BOOST_AUTO_TEST_CASE(asks_the_platform_where_there_is_one)
{
    auto const now = [](identity_settings& settings, std::string const& url) {
        settings.identity_endpoint = url + "/msi/token";
        settings.identity_header = "header-secret";
        settings.msi_endpoint = url + "/old";
        settings.msi_secret = "old-secret";
    };
    auto const request = request_of(now, {"r", "c1"});
    BOOST_TEST(request.line() == "GET /msi/token?api-version=2019-08-01&resource=r&client_id=c1");
    BOOST_TEST(request.header("x-identity-header") == "header-secret");

    auto const before = [](identity_settings& settings, std::string const& url) {
        settings.msi_endpoint = url + "/old";
        settings.msi_secret = "old-secret";
    };
    auto const old = request_of(before, {"r", "c1"});
    BOOST_TEST(old.line() == "GET /old?api-version=2017-09-01&resource=r&clientid=c1");
    BOOST_TEST(old.header("secret") == "old-secret");

    auto const shell = request_of([](identity_settings& settings, std::string const& url) { settings.msi_endpoint = url + "/shell"; },
                                  {"https://r", "c1"});
    BOOST_TEST(shell.line() == "POST /shell");
    BOOST_TEST(shell.header("metadata") == "true");
    BOOST_TEST(shell.body == "resource=https%3A%2F%2Fr&client_id=c1");
}

BOOST_AUTO_TEST_CASE(reads_when_the_token_ends)
{
    for (auto const* body : {R"({"access_token":"t","expires_on":"4102444800"})", R"({"access_token":"t","expires_on":4102444800})"}) {
        scripted_server server([&](seen_request const&) { return reply{.body = body}; });
        identity_settings settings;
        settings.metadata_host = server.url();
        managed_identity identity(settings);
        BOOST_TEST(to_rfc3339(run(identity.get({"r"})).expires) == "2100-01-01T00:00:00Z");
    }
}

BOOST_AUTO_TEST_CASE(is_patient_with_a_service_that_is_being_updated)
{
    unsigned tries = 0;
    scripted_server server([&](seen_request const&) {
        ++tries;
        return tries == 1 ? reply{.status = 404} : tries == 2 ? reply{.status = 410} : token_reply();
    });
    identity_settings settings;
    settings.metadata_host = server.url();
    managed_identity identity(settings, identity_tests::quick_retry());
    BOOST_TEST(run(identity.get({"r"})).value == "imds-token");
}

BOOST_AUTO_TEST_CASE(says_which_identity_is_missing)
{
    scripted_server server([](seen_request const&) {
        return reply{.status = 400, .body = R"({"error":"invalid_request","error_description":"Identity not found"})"};
    });
    identity_settings settings;
    settings.metadata_host = server.url();
    auto const e = failure(managed_identity(settings, identity_tests::quick_retry()), {"https://vault.azure.net", "c1"});
    BOOST_CHECK(e.code() == errc::unauthorized);
    for (auto const* part : {"https://vault.azure.net", "managed identity c1", "Identity not found"})
        BOOST_TEST(e.text().find(part) != std::string::npos, part);
    BOOST_TEST(e.advice().find("Assign the identity") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_that_there_is_no_identity_when_nobody_answers)
{
    identity_settings settings;
    settings.metadata_host = "http://127.0.0.1:1";
    auto const e = failure(managed_identity(settings, identity_tests::quick_retry()), {"r"});
    BOOST_TEST(e.advice().find("AZURE_CLIENT_SECRET") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_the_protocol_of_azure_arc)
{
    identity_settings settings;
    settings.identity_endpoint = "http://127.0.0.1:1/metadata";
    BOOST_CHECK(failure(managed_identity(settings), {"r"}).code() == errc::not_supported);
}

BOOST_AUTO_TEST_CASE(follows_no_redirect)
{
    scripted_server server([](seen_request const&) { return reply{.status = 302, .headers = {{"Location", "/elsewhere"}}}; });
    identity_settings settings;
    settings.metadata_host = server.url();
    BOOST_CHECK(failure(managed_identity(settings, identity_tests::quick_retry()), {"r"}).code() == errc::unauthorized);
    BOOST_TEST(server.count("GET", "/elsewhere") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
