#include <acrx/identity/machine_identity.hpp>

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

BOOST_AUTO_TEST_SUITE(identity_machine_identity)

namespace {
struct with_all : identity_tests::temporary_home
{
    scripted_server server{[](seen_request const&) { return reply{.body = R"({"access_token":"t","expires_in":"3599"})"}; }};
    identity_settings settings = [this] {
        identity_settings all;
        all.authority = all.metadata_host = server.url();
        return all;
    }();

    seen_request request_for(std::string const& identity)
    {
        machine_identity source(settings, identity_tests::quick_retry());
        token_request wanted{"https://r", identity};
        run(source.get(wanted));
        return server.seen().back();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(is_the_managed_identity_where_nothing_is_set, with_all)
{
    BOOST_TEST(request_for("").target.ends_with("resource=https%3A%2F%2Fr"));
    BOOST_TEST(request_for("other").target.ends_with("&client_id=other"));
    settings.client_id = "mine";
    BOOST_TEST(request_for("").target.ends_with("&client_id=mine"));
}

BOOST_FIXTURE_TEST_CASE(is_the_service_principal_where_there_is_a_secret, with_all)
{
    settings.tenant_id = "t";
    settings.client_id = "Mine";
    settings.client_secret = "s";
    settings.federated_token_file = write("token", "jwt");
    BOOST_TEST(request_for("").body.ends_with("client_secret=s"));
    BOOST_TEST(request_for("mine").body.ends_with("client_secret=s"));
    BOOST_TEST(request_for("other").body.ends_with("client_assertion=jwt"));
    settings.federated_token_file.clear();
    BOOST_TEST(request_for("other").target.ends_with("&client_id=other"));
}

BOOST_FIXTURE_TEST_CASE(is_the_workload_where_the_platform_vouches_for_it, with_all)
{
    settings.tenant_id = "t";
    settings.client_id = "mine";
    settings.federated_token_file = write("token", "jwt");
    BOOST_TEST(request_for("").body.find("client_id=mine&") != std::string::npos);
    BOOST_TEST(request_for("").body.ends_with("client_assertion=jwt"));
    BOOST_TEST(request_for("/subscriptions/x").target.ends_with("&msi_res_id=%2Fsubscriptions%2Fx"));
}

BOOST_AUTO_TEST_SUITE_END()
