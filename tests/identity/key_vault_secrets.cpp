#include <acrx/identity/key_vault_secrets.hpp>

#include <acrx/core/error.hpp>
#include <acrx/identity/first_secret_of.hpp>
#include <acrx/identity/local_secrets.hpp>
#include <identity/fixed_tokens.hpp>
#include <identity/temporary_home.hpp>
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
using identity_tests::fixed_tokens;

template class acrx::key_vault_secrets<acrx::testing::token_source_archetype>;
static_assert(secret_resolver<key_vault_secrets<fixed_tokens>>);

BOOST_AUTO_TEST_SUITE(identity_key_vault_secrets)

namespace {
error failure(std::string const& where)
{
    key_vault_secrets vault(fixed_tokens{}, identity_tests::quick_retry());
    try {
        run(vault.resolve({where, "client-7"}));
    } catch (error const& e) {
        BOOST_TEST((e.text() + e.advice()).find("aad-token") == std::string::npos);
        return e;
    }
    throw std::logic_error("no error");
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_a_value_byte_for_byte)
{
    scripted_server server([](seen_request const&) { return reply{.body = R"({"value":" line 1\nline 2\n","id":"x"})"}; });
    fixed_tokens source;
    key_vault_secrets vault(source);
    BOOST_TEST(run(vault.resolve({server.url("/secrets/npm"), "client-7"})) == " line 1\nline 2\n");
    BOOST_TEST(run(vault.resolve({server.url("/Secrets/NPM/V1/"), ""})) == " line 1\nline 2\n");
    auto const seen = server.seen();
    BOOST_TEST(seen.at(0).line() == "GET /secrets/npm?api-version=7.4");
    BOOST_TEST(seen.at(0).header("authorization") == "Bearer aad-token");
    BOOST_TEST(seen.at(1).line() == "GET /secrets/npm/v1?api-version=7.4");
    BOOST_TEST(source.asked->at(0).resource == "https://vault.azure.net");
    BOOST_TEST(source.asked->at(0).identity == "client-7");
    BOOST_TEST(source.asked->at(1).identity == "");
}

BOOST_AUTO_TEST_CASE(says_what_the_vault_says_and_what_to_do)
{
    struct row
    {
        unsigned status;
        errc code;
        char const* advice;
    };
    for (auto const& [status, code, advice] : {row{401, errc::unauthorized, "tenant"}, row{403, errc::denied, "Key Vault Secrets User"},
                                               row{404, errc::not_found, "name"}, row{429, errc::unavailable, "later"},
                                               row{503, errc::unavailable, "later"}, row{400, errc::protocol, ""}}) {
        scripted_server server([status = status](seen_request const&) {
            return reply{.status = status, .body = R"({"error":{"code":"SomeCode","message":"some words"}})"};
        });
        auto const e = failure(server.url("/secrets/npm"));
        BOOST_CHECK(e.code() == code);
        BOOST_TEST(e.advice().find(advice) != std::string::npos, status);
        for (auto const& part : {server.url("/secrets/npm"), std::string("the identity client-7"), std::string("SomeCode: some words")})
            BOOST_TEST(e.text().find(part) != std::string::npos, part);
    }
    scripted_server odd([](seen_request const&) { return reply{.body = R"({"value":7})"}; });
    BOOST_CHECK(failure(odd.url("/secrets/npm")).code() == errc::protocol);
}

BOOST_AUTO_TEST_CASE(knows_urls_alone)
{
    BOOST_CHECK(failure("env:X").code() == errc::not_supported);
    BOOST_CHECK(failure("tcp://test/secrets/x").code() == errc::invalid_argument);
    BOOST_CHECK(failure("http://vault.example.com/secrets/x").code() == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(stands_beside_secrets_of_this_machine)
{
    scripted_server server([](seen_request const&) { return reply{.body = R"({"value":"from the vault"})"}; });
    identity_tests::environment_variable const variable("ACRX_TEST_SECRET", "from the environment");
    key_vault_secrets vault{fixed_tokens{}};
    first_secret_of all{local_secrets{}, std::move(vault)};
    BOOST_TEST(run(all.resolve({"env:ACRX_TEST_SECRET", ""})) == "from the environment");
    BOOST_TEST(run(all.resolve({server.url("/secrets/x"), ""})) == "from the vault");
    BOOST_CHECK_EXCEPTION(run(all.resolve({"env:ACRX_TEST_NO_SECRET", ""})), error, [](error const& e) { return e.code() == errc::not_found; });
    BOOST_CHECK_EXCEPTION(run(all.resolve({"neither", ""})), error, [](error const& e) {
        return e.code() == errc::not_supported && e.advice().find("vault.azure.net") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
