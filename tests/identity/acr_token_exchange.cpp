#include <acrx/identity/acr_token_exchange.hpp>

#include <acrx/core/error.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/archetypes/token_source.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

template class acrx::acr_token_exchange<acrx::testing::token_source_archetype>;
static_assert(credential_provider<acr_token_exchange<identity_tests::fixed_tokens>>);

BOOST_AUTO_TEST_SUITE(identity_acr_token_exchange)

namespace {
error failure(std::string const& host)
{
    acr_token_exchange exchange(identity_tests::fixed_tokens{}, host, {}, identity_tests::quick_retry());
    try {
        run(exchange.find(host));
    } catch (error const& e) {
        BOOST_TEST((e.text() + e.advice()).find("aad-token") == std::string::npos);
        return e;
    }
    throw std::logic_error("no error");
}
}  // namespace

BOOST_AUTO_TEST_CASE(trades_the_token_for_a_password)
{
    scripted_server server([](seen_request const&) { return reply{.body = R"({"refresh_token":"acr-refresh"})"}; });
    identity_tests::fixed_tokens source{.value = "aad+token"};
    acr_token_exchange exchange(source, server.host(), "client-7");
    auto const found = run(exchange.find(server.host()));
    BOOST_TEST(found.user == "00000000-0000-0000-0000-000000000000");
    BOOST_TEST(found.secret == "acr-refresh");
    BOOST_TEST(source.asked->at(0).resource == "https://containerregistry.azure.net");
    BOOST_TEST(source.asked->at(0).identity == "client-7");
    auto const seen = server.seen().at(0);
    BOOST_TEST(seen.line() == "POST /oauth2/exchange");
    BOOST_TEST(seen.body == "grant_type=access_token&service=127.0.0.1%3A" + std::to_string(server.port()) + "&access_token=aad%2Btoken");
}

BOOST_AUTO_TEST_CASE(is_anonymous_elsewhere)
{
    identity_tests::fixed_tokens source;
    acr_token_exchange exchange(source, "mine.azurecr.io");
    BOOST_TEST(run(exchange.find("other.azurecr.io")).is_anonymous());
    BOOST_TEST(source.asked->empty());
}

BOOST_AUTO_TEST_CASE(shows_a_token_to_no_other_registry)
{
    for (auto const* host : {"registry.example.com", "azurecr.io.example.com", "azurecr.io", "myazurecr.io:8443"}) {
        auto const e = failure(host);
        BOOST_CHECK(e.code() == errc::invalid_argument);
        BOOST_TEST(e.text().find(host) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(says_what_the_registry_says)
{
    scripted_server server([](seen_request const&) {
        return reply{.status = 401, .body = R"({"errors":[{"code":"UNAUTHORIZED","message":"not yours"}]})"};
    });
    auto const e = failure(server.host());
    BOOST_CHECK(e.code() == errc::unauthorized);
    for (auto const& part : {std::string("exchange API response code: 401"), server.host(), std::string("UNAUTHORIZED: not yours")})
        BOOST_TEST(e.text().find(part) != std::string::npos, part);
    BOOST_TEST(e.advice().find("AcrPull") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tells_a_registry_of_another_kind)
{
    scripted_server server([](seen_request const&) { return reply{.status = 404}; });
    BOOST_CHECK(failure(server.host()).code() == errc::protocol);
    scripted_server empty([](seen_request const&) { return reply{.body = "{}"}; });
    BOOST_CHECK(failure(empty.host()).code() == errc::protocol);
}

BOOST_AUTO_TEST_SUITE_END()
