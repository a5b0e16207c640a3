#include <acrx/runner_cli/detail/run_metadata.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/runner_cli/detail/run_logins.hpp>
#include <identity/temporary_home.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <variant>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(runner_cli_run_metadata)
namespace {
/// A machine with identities, and a run whose steps ask for them.
struct run_of_task
{
    std::string token = "token-of-machine";
    acrx::testing::scripted_server server{[this](seen_request const&) {
        return reply{.body = R"({"access_token":")" + token + R"(","expires_in":"3600"})"};
    }};
    identity_tests::environment_variable metadata{"AZURE_POD_IDENTITY_AUTHORITY_HOST", server.url()};
    acrx::testing::scratch_folder folder;
    run_output output{run_logs(folder / "logs").open("ca1"), bell()};

    metadata_service service_for(task_identity const& identity, cli::container_executor_kind executor = cli::container_executor_kind::oci_runtime)
    {
        machine_tokens const tokens(machine_identity(identity_settings::from_environment()));
        return cli::detail::metadata_of_run(identity, assigned_tokens(tokens, cli::detail::identities_of(identity)), executor, output);
    }
    static unsigned status_of(metadata_service const& service, std::string const& query)
    {
        served_request request;
        request.method = "GET";
        request.target = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r" + query;
        request.headers.set("Metadata", "true");
        return acrx::testing::run(service.answer(request)).status;
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(gives_what_the_task_has_and_hides_it, run_of_task)
{
    auto const service = service_for({.has_system_identity = true, .principal_id = "O-System", .users = {{"/sub/one", "c-1", "o-1"}, {"/sub/two", "", "o-2"}}});
    BOOST_TEST(service.path == "/msi/token");
    BOOST_TEST(output.redact(service.key) == "***");
    for (auto const* query : {"", "&client_id=c-1", "&msi_res_id=/sub/two", "&object_id=o-system", "&object_id=o-1", "&object_id=o-2"})
        BOOST_TEST(status_of(service, query) == 200U, query);
    BOOST_TEST(server.seen().back().target.find("msi_res_id=%2Fsub%2Ftwo") != std::string::npos);
    BOOST_TEST(output.redact("it is token-of-machine, or dG9rZW4tb2YtbWFjaGluZQ==").find("token-of") == std::string::npos);
    BOOST_TEST(output.redact("dG9rZW4tb2YtbWFjaGluZQ==").find("dG9rZW4tb2Yt") == std::string::npos);
    BOOST_TEST(status_of(service, "&msi_res_id=/sub/three") == 400U);
}

BOOST_FIXTURE_TEST_CASE(knows_an_identity_by_a_client_id_that_its_token_tells, run_of_task)
{
    auto const service = service_for({.users = {{"/sub/one", "", ""}}});
    BOOST_TEST(status_of(service, "&client_id=c-1") == 400U);
    token = "e30." + to_base64(R"({"appid":"C-1"})") + ".signature";
    auto const fresh = service_for({.users = {{"/sub/one", "", ""}}});
    BOOST_TEST(status_of(fresh, "&client_id=c-1") == 200U);
    BOOST_TEST(status_of(fresh, "&client_id=c-2") == 400U);
    BOOST_TEST(status_of(fresh, "") == 400U);
    BOOST_TEST(status_of(fresh, "&client_id=") == 400U);
    for (auto const& request : server.seen())
        BOOST_TEST(request.target.find("msi_res_id=%2Fsub%2Fone") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_task_without_identities_gets_none_and_is_not_told_where_to_ask, run_of_task)
{
    auto const service = service_for({});
    BOOST_TEST(service.path == "");
    BOOST_TEST(service.key == "");
    BOOST_TEST(status_of(service, "") == 400U);
    BOOST_TEST(status_of(service, "&client_id=c-1") == 400U);
    BOOST_TEST(server.seen().empty());
}

BOOST_FIXTURE_TEST_CASE(an_engine_whose_gateway_others_reach_serves_the_form_with_a_key_alone, run_of_task)
{
    auto const service = service_for({.has_system_identity = true}, cli::container_executor_kind::docker);
    BOOST_TEST(status_of(service, "") == 404U);
    served_request request;
    request.method = "GET";
    request.target = "/msi/token?api-version=2019-08-01&resource=r";
    BOOST_TEST(acrx::testing::run(service.answer(request)).status == 401U);
    request.headers.set("X-IDENTITY-HEADER", service.key);
    BOOST_TEST(acrx::testing::run(service.answer(request)).status == 200U);
}
BOOST_AUTO_TEST_SUITE_END()
