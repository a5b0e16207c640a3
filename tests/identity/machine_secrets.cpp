#include <acrx/identity/machine_secrets.hpp>

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

BOOST_AUTO_TEST_SUITE(identity_machine_secrets)

namespace {
/// A vault and the metadata service of its machine, at one place.
struct small_cloud
{
    scripted_server server{[](seen_request const& request) {
        if (request.target.starts_with("/metadata/identity/oauth2/token"))
            return reply{.body = R"({"access_token":"machine-token","expires_in":"3600"})"};
        bool const is_known = request.header("authorization") == "Bearer machine-token";
        return is_known ? reply{.body = R"({"value":"from the vault"})"} : reply{.status = 401};
    }};

    machine_secrets secrets(secret_access access)
    {
        identity_settings settings;
        settings.metadata_host = server.url();
        return machine_secrets(std::move(access), machine_tokens(machine_identity(settings, identity_tests::quick_retry())));
    }
    std::string resolve(secret_access access, secret_reference reference)
    {
        auto all = secrets(std::move(access));
        try {
            return run(all.resolve(std::move(reference)));
        } catch (error const& e) {
            BOOST_CHECK(e.code() == errc::denied);
            return "denied";
        }
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(reads_vaults_and_this_machine, small_cloud)
{
    identity_tests::environment_variable const variable("ACRX_TEST_SECRET", "from the environment");
    BOOST_TEST(resolve({}, {"env:ACRX_TEST_SECRET", ""}) == "from the environment");
    BOOST_TEST(resolve({}, {server.url("/secrets/x"), "c"}) == "from the vault");
}

BOOST_FIXTURE_TEST_CASE(gives_each_what_it_may_have, small_cloud)
{
    identity_tests::environment_variable const variable("ACRX_TEST_SECRET", "from the environment");
    secret_access const stranger{.to_machine = false, .identities = {.are_all = false}};
    BOOST_TEST(resolve(stranger, {"env:ACRX_TEST_SECRET", ""}) == "denied");
    BOOST_TEST(resolve(stranger, {server.url("/secrets/x"), ""}) == "denied");
    BOOST_TEST(server.seen().empty());
    secret_access const task{.to_machine = true, .identities = {.are_all = false, .has_system = true}};
    BOOST_TEST(resolve(task, {server.url("/secrets/x"), ""}) == "from the vault");
    BOOST_TEST(resolve(task, {server.url("/secrets/x"), "other"}) == "denied");
}

BOOST_AUTO_TEST_SUITE_END()
