#include <acrx/identity/docker_config.hpp>

#include <acrx/core/error.hpp>
#include <identity/temporary_home.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>

using namespace acrx;
using identity_tests::environment_variable;
using identity_tests::find;

BOOST_AUTO_TEST_SUITE(identity_docker_config)

namespace {
struct with_home : identity_tests::temporary_home
{
    environment_variable search{"PATH", path.string() + ":/usr/bin:/bin"};

    docker_config provider(std::string const& text, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        return docker_config({write("config.json", text)}, limit);
    }
};

std::string failure(docker_config& provider, std::string const& host, error_code code)
{
    try {
        find(provider, host);
    } catch (error const& e) {
        BOOST_TEST(e.code() == code);
        return std::string(e.what()) + e.advice();
    }
    BOOST_ERROR("no error");
    return {};
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(reads_a_login_from_the_file, with_home)
{
    auto config = provider(R"({"auths":{"https://index.docker.io/v1/":{"auth":"dXNlcjpwYTpzcw=="}}})");
    BOOST_TEST(find(config, "docker.io").secret == "pa:ss");
    BOOST_TEST(find(config, "example.com").is_anonymous());
}

BOOST_FIXTURE_TEST_CASE(has_nothing_when_there_is_no_file, with_home)
{
    docker_config config({path / "none" / "config.json", path / "none.json"});
    BOOST_TEST(find(config, "docker.io").is_anonymous());
}

BOOST_FIXTURE_TEST_CASE(asks_the_files_in_order, with_home)
{
    docker_config config({write("1.json", R"({"auths":{"a.io":{}}})"), write("2.json", R"({"auths":{"a.io":{"auth":"YToy"}}})"),
                          write("3.json", R"({"auths":{"a.io":{"auth":"YToz"},"b.io":{"auth":"YToz"}}})")});
    BOOST_TEST(find(config, "a.io").secret == "2");
    BOOST_TEST(find(config, "b.io").secret == "3");
}

BOOST_FIXTURE_TEST_CASE(says_which_file_is_broken, with_home)
{
    auto config = provider("{");
    BOOST_TEST(failure(config, "a.io", errc::damaged).find((path / "config.json").string()) != std::string::npos);
    docker_config folder({path});
    BOOST_CHECK_THROW(find(folder, "a.io"), error);
}

BOOST_FIXTURE_TEST_CASE(finds_the_files_of_the_user, with_home)
{
    environment_variable home("HOME", "/h");
    environment_variable docker("DOCKER_CONFIG", "/d");
    environment_variable runtime("XDG_RUNTIME_DIR", "/r");
    environment_variable podman("REGISTRY_AUTH_FILE", "/p.json");
    using paths = std::vector<std::filesystem::path>;
    BOOST_TEST((user_auth_files() == paths{"/p.json", "/d/config.json", "/r/containers/auth.json", "/h/.config/containers/auth.json"}));
    environment_variable no_docker("DOCKER_CONFIG", "");
    environment_variable no_podman("REGISTRY_AUTH_FILE", "");
    BOOST_TEST(user_auth_files().front() == "/h/.docker/config.json");
}

BOOST_FIXTURE_TEST_CASE(asks_a_helper_with_the_environment_of_this_process, with_home)
{
    environment_variable extra("ACRX_TEST_SECRET", "from the environment");
    write_helper("own", R"(read server; [ "$1" = get ] || exit 9; printf '{"ServerURL":"%s","Username":"%s","Secret":"%s"}' "$server" "$server" "$ACRX_TEST_SECRET")");
    auto config = provider(R"({"credHelpers":{"a.io":"own"},"auths":{"a.io":{"auth":"YToy"}}})");
    auto const found = find(config, "a.io");
    BOOST_TEST(found.user == "a.io");
    BOOST_TEST(found.secret == "from the environment");
    BOOST_TEST(find(config, "b.io").is_anonymous());
}

BOOST_FIXTURE_TEST_CASE(gives_the_store_the_key_that_it_knows, with_home)
{
    write_helper("store", R"(read server; printf '{"ServerURL":"","Username":"%s","Secret":"s"}' "$server")");
    auto config = provider(R"({"credsStore":"store"})");
    BOOST_TEST(find(config, "docker.io").user == "https://index.docker.io/v1/");
    BOOST_TEST(find(config, "a.io:5000").user == "a.io:5000");
}

BOOST_FIXTURE_TEST_CASE(takes_the_user_token_as_an_identity_token, with_home)
{
    write_helper("store", R"(printf '{"ServerURL":"","Username":"<token>","Secret":"refresh"}')");
    auto config = provider(R"({"credsStore":"store"})");
    auto const found = find(config, "a.io");
    BOOST_TEST(found.identity_token == "refresh");
    BOOST_TEST(found.secret.empty());
}

BOOST_FIXTURE_TEST_CASE(goes_on_when_a_helper_knows_nothing, with_home)
{
    write_helper("none", "echo credentials not found in native keychain; exit 1");
    write_helper("empty", R"(printf '{"ServerURL":"","Username":"","Secret":""}')");
    auto config = provider(R"({"credHelpers":{"a.io":"none"},"credsStore":"empty","auths":{"a.io":{"auth":"YToy"}}})");
    BOOST_TEST(find(config, "a.io").secret == "2");
    BOOST_TEST(find(config, "b.io").is_anonymous());
}

BOOST_FIXTURE_TEST_CASE(keeps_the_secrets_of_failing_helpers_to_itself, with_home)
{
    write_helper("fails", "echo hunter2; echo hunter2 >&2; exit 3");
    write_helper("babbles", "echo hunter2");
    auto config = provider(R"({"credHelpers":{"a.io":"fails","b.io":"babbles"}})");
    auto const failed = failure(config, "a.io", errc::unauthorized);
    BOOST_TEST(failed.find("docker-credential-fails") != std::string::npos);
    BOOST_TEST(failed.find("status 3") != std::string::npos);
    BOOST_TEST(failed.find("hunter2") == std::string::npos);
    BOOST_TEST(failure(config, "b.io", errc::protocol).find("hunter2") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(names_a_helper_that_is_not_installed, with_home)
{
    auto config = provider(R"({"credHelpers":{"a.io":"nowhere","b.io":"../bin/sh"}})");
    BOOST_TEST(failure(config, "a.io", errc::not_found).find("docker-credential-nowhere") != std::string::npos);
    failure(config, "b.io", errc::not_found);
}

BOOST_FIXTURE_TEST_CASE(stops_a_helper_that_does_not_answer, with_home)
{
    write_helper("sleeps", "echo $$ > " + (path / "pid").string() + "; exec sleep 600");
    auto config = provider(R"({"credsStore":"sleeps"})", std::chrono::milliseconds(300));
    auto const start = std::chrono::steady_clock::now();
    failure(config, "a.io", errc::timed_out);
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(10)));
    int pid = 0;
    std::ifstream(path / "pid") >> pid;
    BOOST_TEST(pid > 0);
    BOOST_TEST(::kill(pid, 0) != 0);
}

BOOST_FIXTURE_TEST_CASE(stops_a_helper_that_does_not_end_its_answer, with_home)
{
    write_helper("floods", "exec yes hunter2");
    auto config = provider(R"({"credsStore":"floods"})");
    BOOST_TEST(failure(config, "a.io", errc::protocol).find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
