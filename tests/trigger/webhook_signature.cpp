#include <acrx/trigger/webhook_signature.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_webhook_signature)

namespace {
std::string const secret = "It's a Secret to Everybody";
std::string const signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

bool is_accepted(git_host host, http_headers const& headers, std::string const& body, webhook_secret const& known,
                 time_point now = {})
{
    try {
        check_webhook(host, headers, body, known, now);
        return true;
    } catch (error const& e) {
        BOOST_CHECK(e.code() == errc::unauthorized);
        auto const said = e.text() + e.advice();
        BOOST_TEST((known.value.empty() || said.find(known.value) == said.npos));
        BOOST_TEST(said.find(signature.substr(0, 16)) == said.npos);
        return false;
    }
}

bool is_accepted(git_host host, std::string const& name, std::string const& value, std::string const& known = secret)
{
    http_headers headers;
    headers.set(name, value);
    return is_accepted(host, headers, "Hello, World!", {known, ""});
}
}  // namespace

BOOST_AUTO_TEST_CASE(accepts_the_signature_that_each_host_sends)
{
    BOOST_TEST(is_accepted(git_host::github, "X-Hub-Signature-256", "sha256=" + signature));
    BOOST_TEST(is_accepted(git_host::bitbucket, "X-Hub-Signature", "sha256=" + signature));
    BOOST_TEST(is_accepted(git_host::gitea, "X-Gitea-Signature", signature));
    BOOST_TEST(is_accepted(git_host::gitea, "X-Forgejo-Signature", signature));
    BOOST_TEST(is_accepted(git_host::gitlab, "X-Gitlab-Token", secret));
}

BOOST_AUTO_TEST_CASE(refuses_all_other_signatures)
{
    auto const* header = "X-Hub-Signature-256";
    BOOST_TEST(!is_accepted(git_host::github, header, signature));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256="));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=" + signature + "00"));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=" + signature.substr(2)));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=x" + signature.substr(1)));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=0" + signature.substr(1)));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=" + signature, "another secret"));
    BOOST_TEST(!is_accepted(git_host::github, header, "sha256=" + signature, ""));
    BOOST_TEST(!is_accepted(git_host::github, "X-Hub-Signature", "sha256=" + signature));
    BOOST_TEST(!is_accepted(git_host::gitea, "X-Hub-Signature-256", "sha256=" + signature));
    BOOST_TEST(!is_accepted(git_host::gitlab, "X-Gitlab-Token", "It's a Secret"));
    BOOST_TEST(!is_accepted(git_host::gitlab, "X-Gitlab-Token", "", ""));
    BOOST_CHECK_THROW(check_webhook(git_host::automatic, {}, "", {secret, ""}, {}), error);
}

BOOST_AUTO_TEST_CASE(accepts_signed_deliveries_of_gitlab_for_five_minutes)
{
    webhook_secret const known{"whsec_" + to_base64("the key"), ""};
    auto const mac = hmac_sha256("the key", "id1.1700000000.body");
    auto const good = "v1," + to_base64({reinterpret_cast<char const*>(mac.data()), mac.size()});
    http_headers headers;
    headers.set("webhook-id", "id1");
    headers.set("webhook-timestamp", "1700000000");
    headers.set("webhook-signature", "v1,AAAA " + good);
    auto const signed_at = acrx::time_point(std::chrono::seconds(1700000000));
    BOOST_TEST(is_accepted(git_host::gitlab, headers, "body", known, signed_at));
    BOOST_TEST(is_accepted(git_host::gitlab, headers, "body", known, signed_at + std::chrono::minutes(5)));
    BOOST_TEST(!is_accepted(git_host::gitlab, headers, "body", known, signed_at + std::chrono::seconds(301)));
    BOOST_TEST(!is_accepted(git_host::gitlab, headers, "body", known, signed_at - std::chrono::seconds(301)));
    BOOST_TEST(!is_accepted(git_host::gitlab, headers, "other", known, signed_at));
    headers.set("webhook-signature", "v1,AAAA");
    BOOST_TEST(!is_accepted(git_host::gitlab, headers, "body", known, signed_at));
    headers.set("webhook-timestamp", "17e8");
    BOOST_TEST(!is_accepted(git_host::gitlab, headers, "body", known, signed_at));
}

BOOST_AUTO_TEST_CASE(checks_basic_credentials_and_plain_headers)
{
    http_headers headers;
    headers.set("Authorization", "Basic aG9vazpsZXRtZWlu");
    BOOST_CHECK_NO_THROW(check_basic(headers, {"letmein", "hook"}));
    BOOST_CHECK_THROW(check_basic(headers, {"letmeout", "hook"}), error);
    BOOST_CHECK_THROW(check_basic(headers, {"", "hook"}), error);
    BOOST_CHECK_THROW(check_basic({}, {"letmein", "hook"}), error);
    BOOST_CHECK_NO_THROW(check_header(headers, "authorization", "Basic aG9vazpsZXRtZWlu"));
    BOOST_CHECK_THROW(check_header(headers, "Authorization", "Bearer x"), error);
    BOOST_CHECK_THROW(check_header(headers, "Absent", ""), error);
}

BOOST_AUTO_TEST_SUITE_END()
