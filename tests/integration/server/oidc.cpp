// Callers whom an OpenID Connect issuer vouches for: a real runner asks a real HTTPS server for the keys.
#include "runner_process.hpp"

#include <acrx/core/clock.hpp>
#include <acrx/http/client.hpp>

#include <boost/test/unit_test.hpp>

#include <support/run.hpp>
#include <support/signing_key.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

using namespace acrx;
using acrx::testing::must;
using acrx::testing::run;
using acrx::testing::runner_process;
using acrx::testing::runner_setup;
using acrx::testing::server_process;
using acrx::testing::signing_key;

BOOST_AUTO_TEST_SUITE(integration_server_oidc)

namespace {
/// The command `openssl` as a web server of files, with a certificate of its own, and a runner that trusts it.
struct world
{
    acrx::testing::scratch_folder folder;
    signing_key rsa{"rsa-1"};
    signing_key curve{"ec-1", signing_key::kind::p256};
    std::optional<server_process> issuer = {};
    std::optional<runner_process> runner = {};

    world()
    {
        must(in() + "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
             " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key -out cert 2>/dev/null");
        issuer.emplace([this](unsigned short port) {
            return std::vector<std::string>{"sh", "-c", in() + "exec openssl s_server -WWW -quiet -accept 127.0.0.1:" + std::to_string(port) + " -cert cert -key key"};
        }, folder / "issuer.log");
        folder.write("tenant/.well-known/openid-configuration", R"({"issuer":")" + url() + R"(","jwks_uri":")" + url("/keys") + R"("})");
        publish(rsa.jwk() + "," + curve.jwk());
        runner.emplace(runner_setup{.has_users = false, .more = {"--oidc-issuer", url(), "--oidc-audience", "acrx", "--ca-file", (folder / "cert").string()}});
    }

    std::string in() const { return "cd '" + folder.path().string() + "' && "; }
    std::string url(std::string const& path = {}) const { return "https://localhost:" + std::to_string(issuer->port()) + "/tenant" + path; }
    void publish(std::string const& keys) const { folder.write("tenant/keys", R"({"keys":[)" + keys + "]}"); }

    std::string claims(std::string const& roles, std::string const& audience = "acrx", std::string const& of = {}, int seconds = 300, int from = -10) const
    {
        auto const now = std::chrono::duration_cast<std::chrono::seconds>(system_clock().now().time_since_epoch()).count();
        return R"({"iss":")" + (of.empty() ? url() : of) + R"(","aud":")" + audience + R"(","sub":"olga","roles":)" + roles + R"(,"exp":)"
               + std::to_string(now + seconds) + R"(,"nbf":)" + std::to_string(now + from) + "}";
    }
    unsigned ask(std::string const& method, std::string const& rest, std::string const& token, std::string body = {}) const
    {
        http_request request;
        request.method = method;
        request.target = parse_url(runner->url() + "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/" + rest
                                   + "?api-version=2019-06-01-preview");
        request.headers.set("Authorization", "Bearer " + token);
        request.body = std::move(body);
        return run(http_client().send(std::move(request))).status;
    }
    unsigned list(std::string const& token) const { return ask("GET", "tasks", token); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(lets_in_by_the_roles_of_tokens, world)
{
    auto const run_body = R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IDEyNy4wLjAuMToxL25vdGhpbmcgc2F5IGhpCg=="})";
    auto const pool_body = R"({"properties":{"count":1}})";
    auto const reader = rsa.token(claims(R"(["reader"])"));
    BOOST_TEST(list(reader) == 200U);
    BOOST_TEST(ask("POST", "scheduleRun", reader, run_body) == 403U);
    auto const runner_role = curve.token(claims(R"("runner")"));
    BOOST_TEST(ask("POST", "scheduleRun", runner_role, run_body) == 202U);
    BOOST_TEST(ask("PUT", "agentPools/big", runner_role, pool_body) == 403U);
    auto const owner = curve.token(claims(R"(["reader","owner"])"));
    BOOST_TEST(ask("PUT", "agentPools/big", owner, pool_body) == 201U);
    BOOST_TEST(list(rsa.token(claims(R"(["visitor"])"))) == 401U);
    BOOST_TEST(list("") == 401U);
}

BOOST_FIXTURE_TEST_CASE(turns_away_tokens_that_prove_nothing, world)
{
    auto const good = claims(R"("owner")");
    BOOST_TEST(list(rsa.token(good)) == 200U);
    BOOST_TEST(list(rsa.token(R"({"alg":"none"})", good)) == 401U);
    BOOST_TEST(list(rsa.token(R"({"alg":"HS256","kid":"rsa-1"})", good)) == 401U);
    BOOST_TEST(list(signing_key("rsa-1").token(good)) == 401U);
    BOOST_TEST(list(rsa.token(claims(R"("owner")", "other"))) == 401U);
    BOOST_TEST(list(rsa.token(claims(R"("owner")", "acrx", "https://issuer.example.com"))) == 401U);
    BOOST_TEST(list(rsa.token(claims(R"("owner")", "acrx", {}, -120))) == 401U);
    BOOST_TEST(list(rsa.token(claims(R"("owner")", "acrx", {}, 300, 120))) == 401U);
}

BOOST_FIXTURE_TEST_CASE(follows_new_keys_and_lives_without_the_issuer, world)
{
    BOOST_TEST(list(rsa.token(claims(R"("reader")"))) == 200U);
    signing_key const next("rsa-2");
    publish(next.jwk());
    BOOST_TEST(list(next.token(claims(R"("reader")"))) == 200U);
    BOOST_TEST(list(rsa.token(claims(R"("reader")"))) == 401U);
    issuer.reset();
    BOOST_TEST(list(next.token(claims(R"("reader")"))) == 200U);
    runner->kill();
    runner->start();
    BOOST_TEST(list(next.token(claims(R"("reader")"))) == 503U);
}

BOOST_AUTO_TEST_SUITE_END()
