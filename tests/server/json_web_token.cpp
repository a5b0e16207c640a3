#include <acrx/server/json_web_token.hpp>

#include <acrx/core/error.hpp>

#include <support/signing_key.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_json_web_token)

using acrx::testing::signing_key;

BOOST_AUTO_TEST_CASE(checks_signatures)
{
    signing_key const key("k1");
    auto const keys = [&](std::string const& id = "k1", std::string const& more = "") {
        return json_web_keys::parse(R"({"keys":[{"kty":"oct","k":"AA"},)" + key.jwk(id, more) + "]}");
    };
    auto const text = key.token(R"({"alg":"RS256","kid":"k1"})", R"({"sub":"me"})");
    auto const good = json_web_token::parse(text);
    BOOST_TEST(good.key_id == "k1");
    BOOST_TEST(keys().verify(good));
    BOOST_TEST(!keys("k2").verify(good));
    BOOST_TEST(!keys("k1", R"(,"alg":"RS512")").verify(good));
    BOOST_TEST(!keys("k1", R"(,"use":"enc")").verify(good));
    BOOST_TEST(!json_web_keys::parse(R"({"keys":[)" + signing_key("k1").jwk() + "]}").verify(good));
    auto forged = json_web_token::parse(text);
    forged.signed_part.back() = forged.signed_part.back() == 'A' ? 'B' : 'A';
    BOOST_TEST(!keys().verify(forged));
    for (auto const* head : {R"({"alg":"none"})", R"({"alg":"HS256","kid":"k1"})", R"({"alg":"RS384","kid":"k1"})", R"({"kid":"k1"})"})
        BOOST_TEST(!keys().verify(json_web_token::parse(key.token(head, "{}"))), head);
    BOOST_TEST(keys().verify(json_web_token::parse(key.token(R"({"alg":"RS256"})", "{}"))));
}

BOOST_AUTO_TEST_CASE(checks_signatures_of_curves)
{
    // RFC 7515, A.3
    auto const keys = json_web_keys::parse(R"({"keys":[{"kty":"EC","crv":"P-256",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    auto const token = json_web_token::parse(
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    BOOST_TEST(keys.verify(token));
    auto forged = token;
    forged.signature[3] = static_cast<char>(forged.signature[3] + 1);
    BOOST_TEST(!keys.verify(forged));
    forged.signature.resize(10);
    BOOST_TEST(!keys.verify(forged));
}

BOOST_AUTO_TEST_CASE(checks_claims)
{
    time_point const now{std::chrono::seconds(1000)};
    token_expectation const expected{"https://issuer", "acrx"};
    auto const claims = [](char const* text) { return boost::json::parse(text).as_object(); };
    for (auto const* good : {R"({"iss":"https://issuer","aud":"acrx","exp":1001})",
                             R"({"iss":"https://issuer","aud":["x","acrx"],"exp":950.5,"nbf":1050})"})
        BOOST_CHECK_NO_THROW(check_claims(claims(good), expected, now));
    for (auto const* bad : {R"({"iss":"https://issuer","aud":"acrx"})", R"({"iss":"https://issuer","aud":"acrx","exp":"1001"})",
                            R"({"iss":"https://issuer","aud":"acrx","exp":940})", R"({"iss":"https://issuer/","aud":"acrx","exp":1001})",
                            R"({"iss":"https://issuer","aud":"acrxx","exp":1001})", R"({"iss":"https://issuer","exp":1001})",
                            R"({"iss":"https://issuer","aud":"acrx","exp":1001,"nbf":1061})"})
        BOOST_CHECK_THROW(check_claims(claims(bad), expected, now), error);
    BOOST_CHECK_THROW(check_claims(claims(R"({"iss":"","aud":"","exp":1001})"), {}, now), error);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_token_or_no_key_set)
{
    for (auto const* text : {"", "a", "a.b", "a.b.c", "e30.e30.*", "e30.e30.a.b", "e30.WzFd.AA", "eyJjcml0IjpbXX0.e30.AA"})
        BOOST_CHECK_THROW(json_web_token::parse(text), error);
    for (auto const* text : {"", "[]", "{}", R"({"keys":{}})"})
        BOOST_CHECK_THROW(json_web_keys::parse(text), error);
}

BOOST_AUTO_TEST_CASE(leaves_out_keys_that_are_of_no_use)
{
    auto const point = std::string(43, 'A');  // on no curve
    auto const keys = json_web_keys::parse(R"({"keys":[1,{"kty":"RSA","kid":"weak","n":"AQAB","e":"AQAB"},{"kty":"EC","kid":"empty","crv":"P-256","x":"","y":""},
        {"kty":"EC","kid":"off","crv":"P-256","x":")" + point + R"(","y":")" + point + R"("},{"kty":"OKP","kid":"other","crv":"Ed25519","x":"AA"},
        {"kty":"EC","kid":"good","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    for (auto const* name : {"weak", "empty", "off", "other"})
        BOOST_TEST(!keys.has(name), name);
    BOOST_TEST(keys.has("good"));
}
BOOST_AUTO_TEST_SUITE_END()
