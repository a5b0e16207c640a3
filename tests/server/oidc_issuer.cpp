#include <acrx/server/oidc_issuer.hpp>

#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>
#include <support/signing_key.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(server_oidc_issuer)

namespace {
/// An issuer on loopback, and who knows its tokens.
struct issuer
{
    signing_key rsa{"first"};
    std::string keys = rsa.jwk();
    std::string named = {};  ///< what the issuer calls itself; empty: its URL
    unsigned status = 200;
    time_point now = system_clock().now();
    scripted_server server{[this](seen_request const& request) {
        if (request.target == "/realm/.well-known/openid-configuration")
            return reply{.status = status, .body = R"({"issuer":")" + (named.empty() ? url() : named) + R"(","jwks_uri":")" + server.url("/keys") + R"("})"};
        if (request.target == "/keys")
            return reply{.status = status, .body = R"({"keys":[)" + keys + "]}"};
        return reply{.status = 404};
    }};
    oidc_issuer door{{.issuer = url(), .audience = "acrx"}, http_client(), [this] { return now; }};

    std::string url() const { return server.url("/realm"); }
    std::size_t asked() const { return server.count("GET", "/realm/"); }

    /// Claims of a good token, with some of them in place of the usual ones.
    std::string claims(std::vector<std::pair<std::string, std::string>> const& other = {}) const
    {
        auto const second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        std::map<std::string, std::string> all{{"iss", "\"" + url() + "\""}, {"aud", R"("acrx")"}, {"sub", R"("olga")"},
                                               {"roles", R"("runner")"}, {"exp", std::to_string(second + 300)}};
        for (auto const& [name, value] : other)
            all[name] = value;
        std::string text;
        for (auto const& [name, value] : all)
            if (!value.empty())
                text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
        return text + "}";
    }
    std::string seconds_from_now(std::chrono::seconds offset) const
    {
        return std::to_string((std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()) + offset).count());
    }
    /// `NAME ROLE`, or nothing for a stranger.
    std::string who(std::string const& token)
    {
        auto const found = run(door.find(token));
        return found ? found->name + " " + std::string(to_string(found->role)) : "";
    }
    std::string who(signing_key const& key) { return who(key.token(claims())); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(knows_tokens_of_both_kinds_of_key, issuer)
{
    signing_key const curve("curve", signing_key::kind::p256);
    keys += "," + curve.jwk();
    BOOST_TEST(who(rsa) == "olga runner");
    BOOST_TEST(who(curve) == "olga runner");
    BOOST_TEST(asked() == 1U);
    BOOST_TEST(server.count("GET", "/keys") == 1U);
}

BOOST_FIXTURE_TEST_CASE(takes_the_highest_role_that_a_token_names, issuer)
{
    auto const of_roles = [&](std::string const& roles) { return who(rsa.token(claims({{"roles", roles}}))); };
    BOOST_TEST(of_roles(R"(["reader","owner","king"])") == "olga owner");
    BOOST_TEST(of_roles(R"("reader")") == "olga reader");
    BOOST_TEST(of_roles(R"(["king"])") == "");
    BOOST_TEST(of_roles(R"("Owner")") == "");
    BOOST_TEST(of_roles("[]") == "");
    BOOST_TEST(of_roles("7") == "");
    BOOST_TEST(of_roles("") == "");
    BOOST_TEST(who(rsa.token(claims({{"sub", ""}}))) == url() + " runner");
    oidc_issuer other({.issuer = url(), .audience = "acrx", .role_claim = "groups", .name_claim = "email"}, http_client());
    auto const found = run(other.find(rsa.token(claims({{"roles", R"("owner")"}, {"groups", R"(["reader"])"}, {"email", R"("o@example.com")"}}))));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->name == "o@example.com");
    BOOST_CHECK(found->role == role::reader);
}

BOOST_FIXTURE_TEST_CASE(refuses_claims_that_do_not_fit, issuer)
{
    using row = std::pair<std::string, std::string>;
    for (auto const& bad : {row{"aud", R"("other")"}, row{"aud", ""}, row{"iss", R"("https://issuer.example.com")"}, row{"iss", "\"" + url() + "/\""},
                            row{"exp", seconds_from_now(-61s)}, row{"exp", ""}, row{"exp", "\"" + seconds_from_now(60s) + "\""},
                            row{"nbf", seconds_from_now(62s)}, row{"nbf", R"("soon")"}})
        BOOST_TEST(who(rsa.token(claims({bad}))) == "", bad.first << " " << bad.second);
    for (auto const& good : {row{"aud", R"(["other","acrx"])"}, row{"exp", seconds_from_now(-30s)}, row{"nbf", seconds_from_now(30s)}})
        BOOST_TEST(who(rsa.token(claims({good}))) == "olga runner", good.first << " " << good.second);
}

BOOST_FIXTURE_TEST_CASE(refuses_signatures_that_prove_nothing, issuer)
{
    auto const good = claims();
    auto const head = [](std::string const& algorithm) { return R"({"alg":")" + algorithm + R"(","kid":"first"})"; };
    for (auto const* algorithm : {"none", "None", "HS256", "ES256", "RS512", "PS256", ""})
        BOOST_TEST(who(rsa.token(head(algorithm), good)) == "", algorithm);
    auto const unsigned_part = url_base64(head("none")) + "." + url_base64(good) + ".";
    BOOST_TEST(who(unsigned_part) == "");

    // The public key as the secret of a symmetric signature.
    scratch_folder folder;
    folder.write("pem", rsa.public_pem());
    auto const text = url_base64(head("HS256")) + "." + url_base64(good);
    folder.write("text", text);
    auto const mac = must("cd '" + folder.path().string() + "' && openssl dgst -sha256 -mac HMAC -macopt hexkey:$(od -An -v -tx1 pem | tr -d ' \\n') -binary text"
                                         " | base64 -w0 | tr '+/' '-_' | tr -d '='");
    BOOST_TEST(mac.size() == 43U);
    BOOST_TEST(who(text + "." + mac) == "");

    signing_key const strange("first");
    BOOST_TEST(who(strange) == "");
    auto forged = rsa.token(good);
    forged.replace(forged.find('.') + 1, forged.rfind('.') - forged.find('.') - 1, url_base64(claims({{"roles", R"("owner")"}})));
    BOOST_TEST(who(forged) == "");
    BOOST_TEST(who("opaque") == "");
    BOOST_TEST(who("") == "");
    BOOST_TEST(who(rsa) == "olga runner");
}

BOOST_FIXTURE_TEST_CASE(finds_new_keys_at_most_once_a_minute, issuer)
{
    BOOST_TEST(who(rsa) == "olga runner");
    signing_key const second("second");
    keys = second.jwk();
    BOOST_TEST(who(second) == "olga runner");
    BOOST_TEST(who(rsa) == "");  // taken back by the issuer
    BOOST_TEST(asked() == 2U);
    signing_key const third("third");
    keys += "," + third.jwk();
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(who(third) == "");
    BOOST_TEST(asked() == 2U);
    now += 61s;
    BOOST_TEST(who(third) == "olga runner");
    BOOST_TEST(who(third) == "olga runner");
    BOOST_TEST(asked() == 3U);
}

BOOST_FIXTURE_TEST_CASE(asks_again_after_an_hour_and_lives_through_an_outage, issuer)
{
    BOOST_TEST(who(rsa) == "olga runner");
    now += 61min;
    status = 404;
    BOOST_TEST(who(rsa) == "olga runner");
    BOOST_TEST(who(rsa) == "olga runner");
    BOOST_TEST(asked() == 2U);
    now += 2min;
    status = 200;
    keys = signing_key("first").jwk();
    BOOST_TEST(who(rsa) == "");
    BOOST_TEST(asked() == 3U);
}

BOOST_FIXTURE_TEST_CASE(says_that_an_issuer_gives_no_keys_and_asks_seldom, issuer)
{
    status = 404;
    for (int i = 0; i < 5; ++i)
        BOOST_CHECK_THROW(who(rsa), error);
    BOOST_TEST(asked() == 1U);
    now += 6s;
    status = 200;
    named = "https://issuer.example.com";
    BOOST_CHECK_THROW(who(rsa), error);
    now += 6s;
    named.clear();
    BOOST_TEST(who(rsa) == "olga runner");
    BOOST_TEST(asked() == 3U);
}

BOOST_FIXTURE_TEST_CASE(all_who_come_at_once_wait_for_the_keys, issuer)
{
    auto const token = rsa.token(claims());
    std::size_t known = 0;
    auto const ask = [&]() -> net::awaitable<void> {
        auto const found = co_await door.find(token);
        known += found ? 1 : 0;
    };
    std::vector<net::awaitable<void>> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(ask());
    run(when_all(std::move(all)));
    BOOST_TEST(known == 5U);
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
