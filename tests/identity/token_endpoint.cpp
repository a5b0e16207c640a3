#include <acrx/identity/token_endpoint.hpp>

#include <acrx/core/error.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/archetypes/token_source.hpp>
#include <support/run.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;

template class acrx::token_endpoint<acrx::testing::token_source_archetype>;
static_assert(http_handler<token_endpoint<acrx::testing::token_source_archetype>>);

BOOST_AUTO_TEST_SUITE(identity_token_endpoint)
namespace {
constexpr char const* metadata_path = "/metadata/identity/oauth2/token";

struct answer
{
    unsigned status = 0;
    boost::json::value body;
    std::string operator[](char const* member) const { return body.at(member).as_string().c_str(); }
};

/// An endpoint for a task with the system's identity and one more.
struct endpoint_of_task
{
    manual_clock time{parse_rfc3339("2026-03-01T12:00:00Z")};
    identity_tests::fixed_tokens source{.expires = time.now() + 1h};
    std::vector<std::string> told;
    token_endpoint_options options{.key = "header-secret",
                                   .objects = {{"o-system", ""}, {"o-1", "c-1"}, {"o-2", "c-2"}},
                                   .issued = [this](std::string const& token) { told.push_back("issued " + token); },
                                   .failed = [this](std::string const& why) { told.push_back(why); }};

    answer ask(served_request request)
    {
        assigned_identities const assigned{.are_all = false, .has_system = true, .names = {"c-1", "/subscriptions/s/one"}};
        token_endpoint endpoint(assigned_tokens(source, assigned), options, time);
        auto const reply = acrx::testing::run(endpoint(request));
        BOOST_TEST(reply.headers.get("Content-Type") == "application/json; charset=utf-8");
        BOOST_TEST(reply.headers.get("Cache-Control") == "no-store");
        return {reply.status, boost::json::parse(std::get<std::string>(reply.body))};
    }
    static served_request request(std::string target, std::string const& header = "Metadata", std::string const& value = "true")
    {
        served_request asked;
        asked.method = "GET";
        asked.target = std::move(target);
        if (!header.empty())
            asked.headers.set(header, value);
        return asked;
    }
    answer ask_metadata(std::string const& query)
    {
        return ask(request(metadata_path + ("?api-version=2018-02-01&" + query)));
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(answers_as_the_metadata_service, endpoint_of_task)
{
    auto const got = ask_metadata("resource=https%3A%2F%2Fvault.azure.net");
    BOOST_TEST(got.status == 200U);
    BOOST_TEST(got["access_token"] == "aad-token");
    BOOST_TEST(got["expires_in"] == "3600");
    BOOST_TEST(got["expires_on"] == "1772370000");
    BOOST_TEST(got["not_before"] == "1772366400");
    BOOST_TEST(got["resource"] == "https://vault.azure.net");
    BOOST_TEST(got["token_type"] == "Bearer");
    BOOST_TEST(told == std::vector<std::string>{"issued aad-token"}, boost::test_tools::per_element());
    BOOST_REQUIRE(source.asked->size() == 1U);
    BOOST_CHECK((source.asked->front() == token_request{"https://vault.azure.net", ""}));
}

BOOST_FIXTURE_TEST_CASE(knows_identities_by_each_of_their_ids, endpoint_of_task)
{
    auto const named = ask_metadata("resource=r&client_id=C-1");
    BOOST_TEST(named["client_id"] == "C-1");
    BOOST_TEST(ask_metadata("resource=r&msi_res_id=%2FSubscriptions%2Fs%2Fone").status == 200U);
    BOOST_TEST(ask_metadata("resource=r&mi_res_id=/subscriptions/s/one").status == 200U);
    BOOST_TEST(ask_metadata("resource=r&object_id=O-1").status == 200U);
    BOOST_TEST(ask_metadata("resource=r&object_id=o-system").status == 200U);
    std::vector<std::string> identities;
    for (auto const& request : *source.asked)
        identities.push_back(request.identity);
    BOOST_TEST(identities == (std::vector<std::string>{"C-1", "/Subscriptions/s/one", "/subscriptions/s/one", "c-1", ""}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(finds_no_identity_that_is_not_assigned, endpoint_of_task)
{
    for (auto const* who : {"client_id=c-2", "client_id=", "client_id=/subscriptions/s/one", "msi_res_id=c-1", "msi_res_id=/subscriptions/s/two",
                            "object_id=o-2", "object_id=o-3"}) {
        auto const got = ask_metadata(std::string("resource=r&") + who);
        BOOST_TEST(got.status == 400U, who);
        BOOST_TEST(got["error"] == "invalid_request");
        BOOST_TEST(got["error_description"] == "Identity not found");
    }
    BOOST_TEST(source.asked->empty());
    BOOST_TEST(told.empty());
}

BOOST_FIXTURE_TEST_CASE(refuses_requests_that_the_metadata_service_refuses, endpoint_of_task)
{
    auto const good = std::string(metadata_path) + "?api-version=2018-02-01&resource=r";
    BOOST_TEST(ask(request(good)).status == 200U);
    BOOST_TEST(ask(request(good, "")).status == 400U);
    BOOST_TEST(ask(request(good, "Metadata", "false")).status == 400U);
    BOOST_TEST(ask(request(good, "X-IDENTITY-HEADER", "header-secret")).status == 400U);
    auto proxied = request(good);
    proxied.headers.set("X-Forwarded-For", "10.0.0.1");
    BOOST_TEST(ask(proxied).status == 400U);
    auto posted = request(good);
    posted.method = "POST";
    BOOST_TEST(ask(posted).status == 405U);
    for (auto const* query : {"", "?resource=r", "?api-version=2018-02-01", "?api-version=2017-12-01&resource=r", "?api-version=latest&resource=r",
                              "?api-version=2018-02-01&resource=", "?api-version=2018-02-01&resource=r&client_id=c-1&object_id=o-1"}) {
        auto const got = ask(request(std::string(metadata_path) + query));
        BOOST_TEST(got.status == 400U, query);
        BOOST_TEST(got["error"] == "invalid_request");
    }
    BOOST_TEST(ask(request("/metadata/instance?api-version=2018-02-01")).status == 404U);
    BOOST_TEST(source.asked->size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(answers_as_app_service_to_those_who_know_the_key, endpoint_of_task)
{
    std::string const good = "/msi/token?api-version=2019-08-01&resource=r";
    auto const got = ask(request(good, "X-IDENTITY-HEADER", "header-secret"));
    BOOST_TEST(got.status == 200U);
    BOOST_TEST(got["access_token"] == "aad-token");
    BOOST_TEST(ask(request(good, "X-IDENTITY-HEADER", "other")).status == 401U);
    BOOST_TEST(ask(request(good)).status == 401U);
    BOOST_TEST(ask(request("/msi/token?api-version=2017-09-01&resource=r", "X-IDENTITY-HEADER", "header-secret")).status == 400U);
    options.key.clear();
    BOOST_TEST(ask(request(good, "X-IDENTITY-HEADER", "")).status == 401U);
}

BOOST_FIXTURE_TEST_CASE(is_no_metadata_service_where_others_reach_it, endpoint_of_task)
{
    options.is_metadata_service = false;
    BOOST_TEST(ask_metadata("resource=r").status == 404U);
    BOOST_TEST(ask(request("/msi/token?api-version=2019-08-01&resource=r", "X-IDENTITY-HEADER", "header-secret")).status == 200U);
}

namespace {
struct failing_tokens
{
    errc code;
    net::awaitable<access_token> get(token_request) const
    {
        throw error(code, "getting a token for r: the directory says no");
        co_return access_token();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(tells_why_there_is_no_token, endpoint_of_task)
{
    auto asked = request(std::string(metadata_path) + "?api-version=2018-02-01&resource=r");
    token_endpoint unavailable(failing_tokens{errc::unavailable}, options);
    BOOST_TEST(acrx::testing::run(unavailable(asked)).status == 503U);
    token_endpoint unauthorized(failing_tokens{errc::unauthorized}, options);
    BOOST_TEST(acrx::testing::run(unauthorized(asked)).status == 400U);
    BOOST_REQUIRE(told.size() == 2U);
    BOOST_TEST(told.front().find("the directory says no") != std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
