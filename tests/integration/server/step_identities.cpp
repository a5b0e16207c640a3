// Steps of tasks at a real acrx-runner ask for tokens of identities, as `az login --identity` does.
#include "runner_process.hpp"

#include <acrx/core/base64.hpp>
#include <acrx/core/clock.hpp>

#include <boost/test/unit_test.hpp>
#include <identity/temporary_home.hpp>
#include <support/busybox_base.hpp>
#include <support/scripted_server.hpp>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(integration_server_step_identities, *boost::unit_test::precondition([](auto) {
    return boost::test_tools::assertion_result(::geteuid() == 0 && std::filesystem::exists("/bin/busybox"));
}))

namespace {
bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

std::string token_until(acrx::time_point expiry)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(expiry.time_since_epoch()).count();
    return "e30." + acrx::to_base64(R"({"exp":)" + std::to_string(seconds) + "}") + ".signature";
}

/// The cloud of the runner's machine, which gives a token for each identity, and a registry of that cloud.
struct world
{
    std::atomic<int> logins{0};
    std::string const user_token = "e30." + acrx::to_base64(R"({"appid":"c-1"})") + ".of-user";
    scripted_server cloud{[this](seen_request const& request) {
        if (request.target == "/oauth2/exchange")
            return reply{.body = R"({"refresh_token":")" + token_until(acrx::system_clock().now() + 4s) + std::to_string(++logins) + "\"}"};
        if (has(request.target, "userAssignedIdentities%2Fone"))
            return reply{.body = R"({"access_token":")" + user_token + R"(","expires_in":"3600"})"};
        if (!request.target.starts_with("/metadata/identity/oauth2/token") || has(request.target, "resource=broken"))
            return reply{.status = 400, .body = R"({"error":"invalid_resource","error_description":"no such resource"})"};
        return reply{.body = R"({"access_token":"token-of-system+/=","expires_in":"3600"})"};
    }};
    identity_tests::environment_variable metadata{"AZURE_POD_IDENTITY_AUTHORITY_HOST", cloud.url()};
    scratch_folder folder;
    std::string const home = (folder / "state").string();
    std::optional<runner_process> runner;

    world()
    {
        make_busybox_base(folder, home, "");
        runner.emplace(runner_setup{.has_users = false, .home = home});
    }
    std::string command(std::string const& words) const
    {
        return must("timeout 120 " ACRX_RUNNER " " + words + " --server " + runner->url());
    }
    void create(std::string const& name, std::string const& script, std::string const& options) const
    {
        auto const task = folder.write(name + ".yaml", "steps:\n  - id: ask\n    cmd: busybox:base sh -c \"echo "
                                                           + acrx::to_base64(script) + " | base64 -d | sh -s\"\n    timeout: 60\n");
        command("task create -n " + name + " -c /dev/null -f " + task.string() + " --base-image-trigger-enabled false " + options);
    }
    std::string log_of_run(std::string const& name) const
    {
        return shell("timeout 120 " ACRX_RUNNER " task run -n " + name + " --server " + runner->url()).output;
    }
};

std::string const ask = "ask() { wget -qO- --header 'Metadata: true' "
                        "\"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&$1\" || echo refused; echo; }\n";
}  // namespace

BOOST_FIXTURE_TEST_CASE(give_tokens_of_what_the_task_has_and_hide_them, world)
{
    create("whoami", ask + R"sh(
ask resource=r >/tmp/got; grep -q '"access_token":"token-of-system+/="' /tmp/got && echo has system
sed 's/.*"access_token":"//; s/".*//' /tmp/got | tee /tmp/token; base64 /tmp/token; sed 's/+/%2B/; s,/,%2F,; s/=/%3D/' /tmp/token
ask 'resource=r&client_id=c-1' | tee /tmp/user; grep -q of-user /tmp/user && echo has user
ask 'resource=r&client_id=c-2' 2>&1 | tail -2 | sed 's/^/c-2 is /'
wget -qO- 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r' || echo without header
wget -qO- --header "X-IDENTITY-HEADER: $IDENTITY_HEADER" "$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=r" | grep -o expires_on
echo "the key is $IDENTITY_HEADER"
ask resource=broken
)sh",
                            "--assign-identity [system] /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one");
    auto const log = log_of_run("whoami");
    for (auto const* part : {"has system", "has user", "c-2 is refused", "without header", "expires_on", "the key is ***", "no such resource", "successful"})
        BOOST_TEST(has(log, part), part << "\n" << log);
    for (auto const* secret : {"token-of-system", ".of-user", "dG9rZW4tb2Ytc3lzdGVt"})
        BOOST_TEST(!has(log, secret), secret << "\n" << log);
}

BOOST_FIXTURE_TEST_CASE(give_none_to_a_task_that_has_none, world)
{
    create("nobody", ask + "ask resource=r; ask 'resource=r&client_id=c-1'; echo \"variables: $IDENTITY_ENDPOINT$IDENTITY_HEADER.\"\n", "");
    auto const log = log_of_run("nobody");
    BOOST_TEST(has(log, "refused"), log);
    BOOST_TEST(has(log, "variables: .\n"), log);
    BOOST_TEST(!has(log, "access_token"), log);
    BOOST_TEST(cloud.seen().empty());
}

namespace {
/// An address of the kind that clouds use, of this machine itself, with a service that says `of-machine`.
struct own_metadata : scratch_folder
{
    own_metadata()
    {
        write("www/token", "of-machine\n");
        must("ip address add 169.254.77.8/32 dev lo");
        must("busybox httpd -p 169.254.77.8:8098 -h " + (*this / "www").string());
    }
    ~own_metadata()
    {
        shell("kill $(for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline | grep -q '^busybox httpd -p 169.254.77.8' && echo ${p#/proc/}; done)");
        shell("ip address del 169.254.77.8/32 dev lo");
    }
    std::string const ask = "timeout 5 busybox wget -qO- http://169.254.77.8:8098/token";
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(do_not_reach_the_metadata_service_of_the_machine_from_its_own_network, world)
{
    own_metadata const machine;
    BOOST_TEST(must(machine.ask) == "of-machine\n");
    folder.write("ctx/Dockerfile", "FROM busybox:base\nRUN " + machine.ask + " || echo \"RUN: closed\"\n");
    folder.write("ctx/acb.yaml", "steps:\n  - {id: host, network: host, cmd: busybox:base sh -c '" + machine.ask
                                     + " || echo step is closed; wget -qO- " + runner->url() + "/livez || echo API is closed'}\n  - {id: build, build: -t app .}\n");
    auto const log = must("timeout 120 " ACRX_QUICK " run --server " + runner->url() + " " + (folder / "ctx").string());
    BOOST_TEST(has(log, "step is closed"), log);
    BOOST_TEST(has(log, "API is closed"), log);
    BOOST_TEST(has(log, "RUN: closed"), log);
    BOOST_TEST(!has(log, "of-machine"), log);
}

BOOST_FIXTURE_TEST_CASE(see_logins_that_were_renewed_while_they_run, world)
{
    create("login", R"sh(
cd $HOME/.docker; before=$(md5sum config.json); grep -q '"auth"' config.json && echo logged in
i=0; while [ "$before" = "$(md5sum config.json)" ] && [ $i -lt 200 ]; do sleep 0.1; i=$((i+1)); done
[ $i -lt 200 ] && grep -q '"auth"' config.json && echo renewed
)sh",
           "--assign-identity [system]");
    command("task credential add -n login --login-server " + cloud.host() + " --use-identity [system]");
    auto const log = log_of_run("login");
    BOOST_TEST(has(log, "logged in"), log);
    BOOST_TEST(has(log, "renewed"), log);
    BOOST_TEST(!has(log, "warning"), log);
    BOOST_TEST(logins >= 2);
}
BOOST_AUTO_TEST_SUITE_END()
