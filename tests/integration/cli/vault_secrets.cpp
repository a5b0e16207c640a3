// `acrx-quick run` with secrets of a task that a key vault keeps.
#include "tool.hpp"

#include <boost/test/unit_test.hpp>
#include <identity/temporary_home.hpp>
#include <support/scripted_server.hpp>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(cli_vault_secrets)
namespace {
/// A directory that gives tokens and the vault that takes them, and a task that names a secret there.
struct vault_task : testing::scratch_folder
{
    testing::scripted_server server{[](seen_request const& request) {
        if (request.target == "/tenant/oauth2/v2.0/token")
            return reply{.body = R"({"access_token":"token-of-directory","expires_in":3600})"};
        if (request.target.starts_with("/metadata/"))
            return reply{.body = R"({"access_token":"token-of-machine","expires_in":"3600"})"};
        if (request.header("authorization") != "Bearer token-of-directory")
            return reply{.status = 403, .body = R"({"error":{"code":"Forbidden","message":"no role"}})"};
        return reply{.body = R"({"value":"value-of-vault"})"};
    }};
    identity_tests::environment_variable authority{"AZURE_AUTHORITY_HOST", server.url()};
    identity_tests::environment_variable metadata{"AZURE_POD_IDENTITY_AUTHORITY_HOST", server.url()};

    vault_task()
    {
        write("ctx/Dockerfile", "FROM scratch\nARG T\nLABEL t=$T\n");
        write("ctx/acb.yaml", "secrets:\n  - {id: npm, keyvault: '" + server.url("/secrets/Npm")
                                  + "', clientID: 01234567-89ab-cdef-0123-456789abcdef}\n"
                                    "steps:\n  - build: -t app --build-arg T={{.Secrets.npm}} .\n");
    }
    testing::tool_result run(std::string const& action = "run") const
    {
        return testing::run_tool(*this, {action, (path() / "ctx").string()});
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(reads_them_as_the_workload_that_the_platform_vouches_for, vault_task)
{
    identity_tests::environment_variable const tenant("AZURE_TENANT_ID", "tenant");
    identity_tests::environment_variable const file("AZURE_FEDERATED_TOKEN_FILE", write("token", "platform.jwt").string());
    auto const result = run();
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(server.seen().at(0).body.find("client_id=01234567-89ab-cdef-0123-456789abcdef&") != std::string::npos);
    BOOST_TEST(server.seen().at(0).body.find("client_assertion=platform.jwt") != std::string::npos);
    BOOST_TEST(server.seen().at(1).line() == "GET /secrets/npm?api-version=7.4");
    BOOST_TEST((result.out + result.err).find("value-of-vault") == std::string::npos);
    BOOST_TEST(run("render").out.find("T=***") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(says_why_the_vault_refuses, vault_task)
{
    auto const result = run();
    BOOST_TEST(result.status != 0);
    for (auto const& part : {server.url("/secrets/npm"), std::string("01234567-89ab-cdef-0123-456789abcdef"), std::string("Forbidden: no role"),
                             std::string("Key Vault Secrets User")})
        BOOST_TEST(result.err.find(part) != std::string::npos, part);
    BOOST_TEST(result.err.find("token-of") == std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
