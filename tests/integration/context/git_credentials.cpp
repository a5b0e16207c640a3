// What a fetch shows to which host, and which text never.
#include <acrx/context/git_repository.hpp>

#include "fetched_repository.hpp"
#include "support/git_servers.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_git_credentials)
BOOST_FIXTURE_TEST_CASE(fetches_over_ssh_with_the_users_key, shelf)
{
    ssh_server server;
    auto const url = server.url(repositories() / "app.git");
    {
        variable const ssh("GIT_SSH_COMMAND", server.ssh_command());
        BOOST_TEST(fetch(url + "#v1").version == "one\n");
    }
    {
        variable const ssh("GIT_SSH_COMMAND", server.ssh_command("known_hosts", "stranger"));
        auto const refused = failure(url);
        BOOST_TEST((refused.code() == errc::unauthorized));
        BOOST_TEST(mentions(refused, "Permission denied"));
    }
    variable const ssh("GIT_SSH_COMMAND", server.ssh_command("nobody"));
    auto const unknown = failure(url);
    BOOST_TEST((unknown.code() == errc::unauthorized));
    BOOST_TEST(mentions(unknown, "known_hosts"));
}

BOOST_FIXTURE_TEST_CASE(tells_unreachable_missing_and_private_apart, shelf)
{
    git_http_server server(repositories());
    git_daemon_server daemon(repositories());
    auto const nobody = "127.0.0.1:" + std::to_string(server_process::free_port());
    BOOST_TEST((failure("http://" + nobody + "/x.git").code() == errc::unavailable));
    BOOST_TEST((failure("git://" + nobody + "/x.git").code() == errc::unavailable));
    BOOST_TEST((failure("http://host.invalid/x.git").code() == errc::unavailable));
    BOOST_TEST((failure(server.url("/git/none.git")).code() == errc::not_found));
    BOOST_TEST((failure(daemon.url("none.git")).code() == errc::not_found));
    BOOST_TEST((failure(file_url("none.git")).code() == errc::not_found));
    auto const refused = failure(server.url("/private/app.git"));
    BOOST_TEST((refused.code() == errc::unauthorized));
    BOOST_TEST(mentions(refused, "--git-access-token-file"));
}

BOOST_FIXTURE_TEST_CASE(gives_the_token_to_its_own_host_and_to_no_text, shelf)
{
    git_http_server server(repositories());
    auto const with = [&](std::string const& user) {
        return "http://" + user + "@" + server.host() + "/private/app.git";
    };
    BOOST_TEST(fetch(with("user:s3cret")).version == "two\n");
    BOOST_TEST(fetch(with("user:s%33cret") + "#v1").version == "one\n");
    BOOST_TEST(fetch(with("t0ken")).version == "two\n");
    git_options token;
    token.access_token = "t0ken";
    BOOST_TEST(fetch(server.url("/private/app.git"), token).version == "two\n");
    token.access_token = "s3cret";
    BOOST_TEST(fetch(with("user"), token).version == "two\n");

    auto const wrong = failure(with("user:wr0ng"));
    BOOST_TEST((wrong.code() == errc::unauthorized));
    BOOST_TEST(!mentions(wrong, "wr0ng"));
    BOOST_TEST(mentions(wrong, "<REDACTED>@127.0.0.1"));
    BOOST_TEST(!mentions(failure(with("user:s3cret") + "#nope"), "s3cret"));

    // A redirect leads to localhost, which is another host than 127.0.0.1: the token must stay behind.
    auto const moved = failure("http://user:s3cret@" + server.host() + "/moved/app.git");
    BOOST_TEST((moved.code() == errc::unauthorized));
}

BOOST_FIXTURE_TEST_CASE(sends_a_whole_authorization_header, shelf)
{
    git_http_server server(repositories());
    git_options options;
    options.authorization = "Basic dXNlcjpzM2NyZXQ=";
    BOOST_TEST(fetch(server.url("/private/app.git"), options).version == "two\n");
    options.authorization = "Basic dXNlcjp3cjBuZw==";
    auto const refused = failure(server.url("/private/app.git"), options);
    BOOST_TEST((refused.code() == errc::unauthorized));
    BOOST_TEST(!mentions(refused, "dXNlcjp3cjBuZw"));
}

BOOST_FIXTURE_TEST_CASE(uses_the_users_credential_helper, shelf)
{
    git_http_server server(repositories());
    scratch_folder home;
    home.write("gitconfig", "[credential]\n\thelper = \"!f() { echo username=user; echo password=s3cret; }; f\"\n"
                            "[core]\n\thooksPath = " + home.path().string() + "\n");
    home.write("post-checkout", "#!/bin/sh\ntouch " + (home / "ran").string() + "\n");
    must("chmod +x " + (home / "post-checkout").string());
    variable const config("GIT_CONFIG_GLOBAL", (home / "gitconfig").string());
    BOOST_TEST(fetch(server.url("/private/app.git")).version == "two\n");
    BOOST_TEST(!std::filesystem::exists(home / "ran"));
}

BOOST_FIXTURE_TEST_CASE(keeps_secrets_out_of_arguments, shelf)
{
    git_http_server server(repositories());
    scratch_folder bin;
    bin.write("git", "#!/bin/sh\necho \"$@\" >> " + (bin / "args").string() + "\nexec /usr/bin/git \"$@\"\n");
    must("chmod +x " + (bin / "git").string());
    variable const path("PATH", bin.path().string() + ":/usr/bin:/bin:/usr/sbin:/sbin");
    fetch("http://user:s3cret@" + server.host() + "/private/app.git");
    auto const args = read_file(bin / "args", 1 << 20);
    BOOST_TEST(args.find("fetch") != std::string::npos);
    BOOST_TEST(args.find("s3cret") == std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
