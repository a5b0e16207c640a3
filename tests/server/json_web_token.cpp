#include <acrx/server/json_web_token.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>

using namespace acrx;
using acrx::testing::must;

BOOST_AUTO_TEST_SUITE(server_json_web_token)

std::string url_form(std::string text)
{
    for (auto& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text.substr(0, text.find('='));
}

/// A key of the command `openssl`, and tokens signed with it.
struct issuer_key
{
    acrx::testing::scratch_folder folder;
    std::string in = "cd '" + folder.path().string() + "' && ";

    issuer_key() { must(in + "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key 2>/dev/null"); }

    json_web_keys keys(std::string const& id = "k1", std::string const& more = "") const
    {
        auto const hex = must(in + "openssl rsa -in key -noout -modulus | cut -d= -f2 | tr -d '\\n'");
        std::string bytes;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        auto const modulus = to_base64(bytes);
        return json_web_keys::parse(R"({"keys":[{"kty":"oct","k":"AA"},{"kty":"RSA","kid":")" + id + R"(","e":"AQAB","n":")"
                                    + url_form(modulus) + "\"" + more + "}]}");
    }
    std::string token(std::string const& head, std::string const& claims) const
    {
        auto const text = url_form(to_base64(head)) + "." + url_form(to_base64(claims));
        std::ofstream(folder.path() / "text") << text;
        auto const signature = must(in + "openssl dgst -sha256 -sign key text | base64 -w0");
        return text + "." + url_form(signature);
    }
};

BOOST_FIXTURE_TEST_CASE(checks_signatures, issuer_key)
{
    auto const text = token(R"({"alg":"RS256","kid":"k1"})", R"({"sub":"me"})");
    auto const good = json_web_token::parse(text);
    BOOST_TEST(good.key_id == "k1");
    BOOST_TEST(keys().verify(good));
    BOOST_TEST(!keys("k2").verify(good));
    BOOST_TEST(!keys("k1", R"(,"alg":"RS512")").verify(good));
    BOOST_TEST(!keys("k1", R"(,"use":"enc")").verify(good));
    BOOST_TEST(!issuer_key().keys().verify(good));
    auto forged = json_web_token::parse(text);
    forged.signed_part.back() = forged.signed_part.back() == 'A' ? 'B' : 'A';
    BOOST_TEST(!keys().verify(forged));
    for (auto const* head : {R"({"alg":"none"})", R"({"alg":"HS256","kid":"k1"})", R"({"alg":"RS384","kid":"k1"})", R"({"kid":"k1"})"})
        BOOST_TEST(!keys().verify(json_web_token::parse(token(head, "{}"))), head);
    BOOST_TEST(keys().verify(json_web_token::parse(token(R"({"alg":"RS256"})", "{}"))));
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
    for (auto const* text : {"", "[]", "{}", R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})", R"({"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]})"})
        BOOST_CHECK_THROW(json_web_keys::parse(text), error);
}
BOOST_AUTO_TEST_SUITE_END()
