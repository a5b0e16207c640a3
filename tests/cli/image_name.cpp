#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_image_name)
BOOST_AUTO_TEST_CASE(puts_the_registry_before_names_that_have_none)
{
    struct line
    {
        std::string host, given, pushed, local;
    };
    for (auto const& [host, given, pushed, local] : std::vector<line>{
             {"foo.azurecr.io", "test:latest", "foo.azurecr.io/test:latest", ""},
             {"foo.azurecr.io", "bar", "foo.azurecr.io/bar:latest", ""},
             {"foo.azurecr.io", "team/app:1", "foo.azurecr.io/team/app:1", ""},
             {"foo.azurecr.io", "bar.azurecr.io/test:latest", "bar.azurecr.io/test:latest", ""},
             {"foo.azurecr.io", "foo.azurecr.io/test:1", "foo.azurecr.io/test:1", ""},
             {"foo.azurecr.io", "localhost:5000/test:1", "localhost:5000/test:1", ""},
             {"foo.azurecr.io", "localhost/test:1", "localhost/test:1", ""},
             {"foo.azurecr.io", "library/test:latest", "", "docker.io/library/test:latest"},
             {"", "bar/foo", "", "docker.io/bar/foo:latest"},
             {"", "app:1", "", "docker.io/library/app:1"},
             {"", "localhost:5000/app:1", "localhost:5000/app:1", ""},
             {"", "docker.io/user/app:1", "docker.io/user/app:1", ""},
         }) {
        auto const names = cli::resolve_names({given}, host);
        BOOST_TEST((names.push_to.empty() ? "" : to_string(names.push_to[0])) == pushed, given);
        BOOST_TEST((names.local_names.empty() ? "" : to_string(names.local_names[0])) == local, given);
    }
}
BOOST_AUTO_TEST_CASE(reads_the_registry_option)
{
    BOOST_TEST(cli::registry_host("") == "");
    BOOST_TEST(cli::registry_host("MyReg") == "myreg.azurecr.io");
    BOOST_TEST(cli::registry_host("localhost") == "localhost");
    BOOST_TEST(cli::registry_host("localhost:5000") == "localhost:5000");
    BOOST_TEST(cli::registry_host("Registry.Example.com/") == "registry.example.com");
    BOOST_CHECK_THROW(cli::registry_host("example.com/team"), cli::usage_error);
    BOOST_CHECK_THROW(cli::registry_host("https://example.com"), cli::usage_error);
    BOOST_CHECK_THROW(cli::registry_host("a b"), cli::usage_error);
}
BOOST_AUTO_TEST_CASE(fills_in_the_run_id)
{
    BOOST_TEST(cli::fill_in_run_id("app:{{.Run.ID}}", "ca1") == "app:ca1");
    BOOST_TEST(cli::fill_in_run_id("a{{ .Run.ID }}:x-{{.Build.ID}}", "ca1") == "aca1:x-ca1");
    BOOST_TEST(cli::fill_in_run_id("plain", "ca1") == "plain");
    BOOST_CHECK_THROW(cli::fill_in_run_id("app:{{.Run.Date}}", "ca1"), cli::usage_error);
    BOOST_CHECK_THROW(cli::fill_in_run_id("app:{{.Run.ID", "ca1"), cli::usage_error);
}
BOOST_AUTO_TEST_CASE(refuses_what_is_no_name)
{
    for (auto const* name : {"", "App:1", "a b", "app:", "app:1:2", "-x"})
        BOOST_CHECK_THROW(cli::resolve_names({name}, ""), cli::usage_error);
    auto const digest = "app@sha256:" + std::string(64, 'a');
    BOOST_CHECK_THROW(cli::resolve_names({digest}, ""), cli::usage_error);
}
BOOST_AUTO_TEST_CASE(pushes_a_name_that_is_given_twice_once)
{
    BOOST_TEST(cli::resolve_names({"a:1", "a:1", "h.example/a:1"}, "h.example").push_to.size() == 1U);
}
BOOST_AUTO_TEST_SUITE_END()
