#include <acrx/identity/workload_identity.hpp>

#include <acrx/core/error.hpp>
#include <identity/fixed_tokens.hpp>
#include <identity/temporary_home.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(identity_workload_identity)

namespace {
struct with_platform : identity_tests::temporary_home
{
    scripted_server server{[](seen_request const&) { return reply{.body = R"({"access_token":"t","expires_in":3599})"}; }};

    workload_identity source(std::filesystem::path const& file)
    {
        return workload_identity({.tenant_id = "tenant", .client_id = "client", .authority = server.url()}, file,
                                 identity_tests::quick_retry());
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(shows_the_token_of_the_platform_as_it_is_now, with_platform)
{
    auto const file = write("token", "first.jwt.x\n");
    auto identity = source(file);
    BOOST_TEST(run(identity.get({"https://containerregistry.azure.net"})).value == "t");
    write("token", "second.jwt.x");
    run(identity.get({"https://containerregistry.azure.net", "another"}));
    auto const seen = server.seen();
    BOOST_TEST(seen.at(0).line() == "POST /tenant/oauth2/v2.0/token");
    BOOST_TEST(seen.at(0).body
               == "grant_type=client_credentials&client_id=client&scope=https%3A%2F%2Fcontainerregistry.azure.net%2F.default"
                  "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                  "&client_assertion=first.jwt.x");
    BOOST_TEST(seen.at(1).body.find("client_id=another&") != std::string::npos);
    BOOST_TEST(seen.at(1).body.ends_with("client_assertion=second.jwt.x"));
}

BOOST_FIXTURE_TEST_CASE(says_that_the_file_is_missing_or_empty, with_platform)
{
    for (auto const& file : {path / "none", write("empty", "\n")}) {
        auto identity = source(file);
        BOOST_CHECK_EXCEPTION(run(identity.get({"r"})), error, [&](error const& e) {
            return e.code() == errc::not_found && e.text().find(file.string()) != std::string::npos
                   && e.advice().find("AZURE_FEDERATED_TOKEN_FILE") != std::string::npos;
        });
    }
    BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_SUITE_END()
