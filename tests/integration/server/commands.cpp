// The commands that mirror az, with a server and without one.
#include "runner_process.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_commands)

/// `acrx-runner` on a state folder of its own.
struct command_line
{
    scratch_folder folder;
    std::string environment = "ACRX_HOME='" + (folder / "state").string() + "' ";

    shell_result call(std::string const& words) const { return shell(environment + ACRX_RUNNER " " + words); }
    std::string get(std::string const& words) const
    {
        auto result = call(words);
        BOOST_TEST(result.status == 0, words << "\n" << result.output);
        return result.output;
    }
    void create() const
    {
        get("task create -n nightly -c /dev/null --cmd '127.0.0.1:1/nothing say hi' --schedule '0 2 * * *' --schedule 'noon:0 12 * * *'"
            " --base-image-trigger-enabled false");
    }
};

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

BOOST_FIXTURE_TEST_CASE(work_on_the_state_folder_without_a_server, command_line)
{
    create();
    BOOST_TEST(get("task list -o table") == "NAME     PLATFORM  STATUS   SOURCE REPOSITORY  TRIGGERS\n"
                                            "-------  --------  -------  -----------------  --------\n"
                                            "nightly  linux     Enabled                     TIMER\n");
    get("task update -n nightly --status Disabled --timeout 700 --set-secret b=hush");
    auto const shown = get("task show -n nightly");
    BOOST_TEST(has(shown, "\"status\": \"Disabled\""), shown);
    BOOST_TEST(has(shown, "\"timeout\": 700"));
    BOOST_TEST(!has(shown, "hush"));
    BOOST_TEST(has(get("task show -n nightly --with-secure-properties"), "hush"));
    auto const queued = get("task run -n nightly -o table");
    BOOST_TEST(has(queued, "Queued a run with ID: ca1"), queued);
    BOOST_TEST(has(get("task list-runs -o table"), "ca1     nightly  linux     Queued  Manual"));
    get("task cancel-run --run-id ca1");
    BOOST_TEST(has(get("task show-run --run-id ca1"), "\"status\": \"Canceled\""));
    BOOST_TEST(has(get("task update-run --run-id ca1 --no-archive false"), "\"isArchiveEnabled\": true"));
    BOOST_TEST(call("task delete -n nightly").status == 2);
    get("task delete -n nightly --yes");
    BOOST_TEST(call("task delete -n nightly --yes").status == 3);
    BOOST_TEST(call("task show -n nightly").status == 3);
}

BOOST_FIXTURE_TEST_CASE(keep_agent_pools, command_line)
{
    get("agentpool create -n big --count 3 --tier S2");
    BOOST_TEST(call("agentpool create -n BIG").status == 2);
    get("agentpool update -n big --count 0");
    get("agentpool create -n little --no-wait");
    BOOST_TEST(get("agentpool list -o table") == "NAME    COUNT  TIER  STATE      VNET  OS\n------  -----  ----  ---------  ----  -----\n"
                                                 "big     0      S2    Succeeded        Linux\nlittle  1      S1    Succeeded        Linux\n");
    create();
    get("task run -n nightly --agent-pool big --no-wait");
    BOOST_TEST(get("agentpool show -n big --queue-count -o table") == "COUNT\n-----\n1\n");
    BOOST_TEST(has(get("agentpool show -n big"), "\"tier\": \"S2\""));
    BOOST_TEST(call("agentpool update -n none --count 1").status == 3);
    BOOST_TEST(call("agentpool delete -n little").status == 2);
    get("agentpool delete -n little -y");
    BOOST_TEST(call("agentpool show -n little").status == 3);
}

BOOST_FIXTURE_TEST_CASE(edit_timers_credentials_and_identities, command_line)
{
    create();
    get("task timer add -n nightly --timer-name late --schedule '1 23 * * *'");
    BOOST_TEST(call("task timer add -n nightly --timer-name late --schedule '1 23 * * *'").status == 2);
    get("task timer update -n nightly --timer-name late --enabled false");
    get("task timer remove -n nightly --timer-name t1");
    BOOST_TEST(get("task timer list -n nightly -o table") == "NAME  SCHEDULE    STATUS\n----  ----------  --------\n"
                                                             "noon  0 12 * * *  Enabled\nlate  1 23 * * *  Disabled\n");
    get("task credential add -n nightly --login-server r.example -u me -p secret");
    auto const again = call("task credential add -n nightly --login-server r.example -u me -p secret");
    BOOST_TEST(has(again.output, "Login server 'r.example' already exists. You cannot add it again."), again.output);
    auto const missing = call("task credential update -n nightly --login-server q.example -u me -p secret");
    BOOST_TEST(has(missing.output, "Login server 'q.example' not found."));
    BOOST_TEST(!has(get("task credential list -n nightly"), "secret"));
    BOOST_TEST(has(get("task show -n nightly --with-secure-properties"), "\"secret\""));
    BOOST_TEST(!has(get("task credential remove -n nightly --login-server r.example"), "r.example"));
    BOOST_TEST(has(get("task identity assign -n nightly --identities [system] --identities /ids/one"), "SystemAssigned, UserAssigned"));
    BOOST_TEST(has(get("task identity remove -n nightly --identities [system]"), "\"type\": \"UserAssigned\""));
    BOOST_TEST(!has(get("task identity remove -n nightly --identities [all]"), "UserAssigned"));
    auto const both = call("task identity remove -n nightly --identities [all] --identities [system]");
    BOOST_TEST(has(both.output, "Cannot specify additional identities when [all] is used in [--identities]"));
}

BOOST_FIXTURE_TEST_CASE(refuse_options_as_az_does, command_line)
{
    struct row
    {
        std::string words;
        std::string said;
    };
    for (auto const& each : {row{"task create -n nightly -c https://h/r.git -f acb.yaml", "--git-access-token must be provided"},
                             row{"task create -n nightly -c https://h/r.git", "missing --file/-f argument"},
                             row{"task create -n nightly -c https://h/r.git --cmd x", "but not both"},
                             row{"task create -n nightly", "--context/-c is missing"},
                             row{"task create -n nightly -c /dev/null --cmd x --platform linux/amd64,linux/arm64", "only a Dockerfile is built for several"},
                             row{"task create -n nightly --bogus", "unknown option '--bogus'"},
                             row{"task create -c /dev/null --cmd x", "--name"},
                             row{"task nonsense", "unknown command 'nonsense'"},
                             row{"task list -o xml", "'xml' is not one of json, table"}}) {
        auto const refused = call(each.words);
        BOOST_TEST(refused.status == 2, each.words << refused.output);
        BOOST_TEST(has(refused.output, each.said), refused.output);
    }
    BOOST_TEST(call("task create -n abc -c /dev/null --cmd x").status != 0);
    BOOST_TEST(call("task create -n nightly -c /dev/null --cmd x --schedule '61 * * * *'").status != 0);
}

BOOST_AUTO_TEST_CASE(talk_to_the_server_that_works_on_the_state_folder)
{
    runner_process runner({.has_users = false});
    command_line user;
    user.environment = "ACRX_HOME='" + runner.home().string() + "' ";
    user.create();
    auto const ran = user.call("task run -n nightly");
    BOOST_TEST(ran.status == 1, ran.output);
    BOOST_TEST(has(ran.output, "Run ID: ca1 failed after"), ran.output);
    BOOST_TEST(has(user.get("task logs -n nightly"), "Showing logs of the last created run.\nRun ID: ca1\n"));
    BOOST_TEST(has(user.get("task list-runs --run-status Failed --top 1 -o table"), "ca1"));
    BOOST_TEST(user.call("task show -n nightly --server http://127.0.0.1:1").status != 0);
}

BOOST_AUTO_TEST_CASE(show_a_server_their_token)
{
    runner_process runner;
    command_line user;
    user.environment += "ACRX_SERVER=" + runner.url() + " ";
    auto const nobody = user.call("task list --ca-file '" + runner.certificate().string() + "'");
    BOOST_TEST(nobody.status != 0);
    BOOST_TEST(has(nobody.output, "--token-file"), nobody.output);
    user.folder.write("token", "reader-token-00000\n");
    auto const options = " --ca-file '" + runner.certificate().string() + "' --token-file '" + (user.folder / "token").string() + "'";
    user.get("task list" + options);
    auto const denied = user.call("task create -n nightly -c /dev/null --cmd x" + options);
    BOOST_TEST(has(denied.output, "needs the role owner"), denied.output);
}
BOOST_AUTO_TEST_SUITE_END()
