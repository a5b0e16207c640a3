#include <acrx/identity/vault_secret_url.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_vault_secret_url)

namespace {
std::string refusal(std::string const& text)
{
    try {
        parse_vault_secret_url(text);
    } catch (error const& e) {
        return e.text();
    }
    return {};
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_vault_name_and_version)
{
    for (auto const* text : {"https://test.vault.azure.net/secrets/mysecret", "https://test.vault.azure.net/secrets/mysecret/",
                             "HTTPS://Test.Vault.Azure.Net/Secrets/MySecret"}) {
        auto const secret = parse_vault_secret_url(text);
        BOOST_TEST(to_string(secret.vault) == "https://test.vault.azure.net/");
        BOOST_TEST(secret.name == "mysecret");
        BOOST_TEST(secret.version == "");
        BOOST_TEST(secret.resource() == "https://vault.azure.net");
    }
    auto const versioned = parse_vault_secret_url("https://test.vault.azure.cn/secrets/mysecret/v1/");
    BOOST_TEST(versioned.version == "v1");
    BOOST_TEST(versioned.resource() == "https://vault.azure.cn");
    BOOST_TEST(parse_vault_secret_url("http://127.0.0.1:8200/secrets/x").resource() == "https://vault.azure.net");
}

BOOST_AUTO_TEST_CASE(refuses_what_names_no_secret)
{
    auto const begin = std::string("invalid azure keyvault secret URL");
    for (auto const* text : {"tcp://test.vault.azure.net/secrets/x", "/secrets/x/y", "http://test.vault.azure.net/secrets/x", "env:X", ""})
        BOOST_TEST(refusal(text) == begin + " scheme. Expected Https", text);
    BOOST_TEST(refusal("https://t.vault.azure.net/secrets/mysecret/v1/latest") == begin + ". Bad number of URL segments: 5");
    BOOST_TEST(refusal("https://t.vault.azure.net/secrets/mysecret//v1") == begin + ". Bad number of URL segments: 5");
    BOOST_TEST(refusal("https://tee") == begin + ". Bad number of URL segments: 1");
    BOOST_TEST(refusal("https://t.vault.azure.net/keys/mysecret") == begin + ". Expected 'secrets' collection, but found: keys");
    BOOST_TEST(refusal("https://t.vault.azure.net/secrets//v1") != "");
    BOOST_TEST(refusal("https://u:p@t.vault.azure.net/secrets/x") != "");
    BOOST_TEST(refusal("https://t.vault.azure.net/secrets/x?a=b") != "");
}

BOOST_AUTO_TEST_CASE(tells_urls_from_other_references)
{
    for (auto const* text : {"https://x", "tcp://x", "file://x"})
        BOOST_TEST(looks_like_url(text), text);
    for (auto const* text : {"env:X", "file:/etc/x", "/x://y", "://", ""})
        BOOST_TEST(!looks_like_url(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
