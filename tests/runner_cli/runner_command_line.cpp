#include <acrx/runner_cli/runner_command_line.hpp>

#include <acrx/cli/exit_status.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::cli;

BOOST_AUTO_TEST_SUITE(runner_cli_runner_command_line)

template<class Options>
Options read(std::vector<std::string> words)
{
    return std::get<Options>(parse_runner_command_line(std::move(words)));
}

BOOST_AUTO_TEST_CASE(reads_where_to_listen)
{
    struct row
    {
        std::string text;
        std::string address;
        std::uint16_t port;
    };
    for (auto const& each : {row{"80", "127.0.0.1", 80}, row{"0.0.0.0:8080", "0.0.0.0", 8080}, row{"[::1]:1", "::1", 1},
                             row{"localhost:2", "127.0.0.1", 2}}) {
        auto const options = read<serve_options>({"serve", "--listen", each.text});
        BOOST_TEST(options.address == each.address);
        BOOST_TEST(options.port == each.port);
    }
    for (auto const* wrong : {"", "x", "1:2:", "65536", "host:-1"})
        BOOST_CHECK_THROW(read<serve_options>({"serve", "--listen", wrong}), usage_error);
}

BOOST_AUTO_TEST_CASE(reads_where_runs_are_kept)
{
    BOOST_TEST(read<serve_options>({"serve"}).database.empty());
    BOOST_TEST(read<serve_options>({"serve", "--database", "postgresql:///acrx"}).database == "postgresql:///acrx");
}

BOOST_AUTO_TEST_CASE(reads_options_by_the_names_of_az)
{
    auto const made = read<task_arguments>({"task", "create", "-n", "t", "-c", "u", "-f", "F", "-t", "a", "--image", "b", "--no-push",
                                            "--commit-trigger-enabled", "false", "--schedule", "n:* * * * *", "-o", "table"});
    BOOST_TEST(made.verb == "task create");
    BOOST_TEST(made.images.size() == 2u);
    BOOST_TEST(made.no_push.value());
    BOOST_TEST(!made.commit_trigger.value());
    BOOST_TEST(!made.pull_request_trigger);
    BOOST_TEST((made.connection.format == output_format::table));
    BOOST_TEST(read<task_arguments>({"task", "timer", "add", "-n", "t", "--timer-name", "x", "--schedule", "y"}).verb == "task timer add");
    BOOST_TEST(read<task_arguments>({"taskrun", "show", "-n", "t"}).verb == "taskrun show");
}

BOOST_AUTO_TEST_CASE(reads_any_number_of_identities)
{
    using words = std::vector<std::string>;
    auto const assigned = [](words more) {
        words all{"task", "identity", "assign", "-n", "t"};
        all.insert(all.end(), more.begin(), more.end());
        return read<task_arguments>(std::move(all)).identities;
    };
    BOOST_TEST(assigned({}).empty());
    BOOST_TEST(assigned({"--identities"}) == words{"[system]"}, boost::test_tools::per_element());
    BOOST_TEST(assigned({"--identities", "[system]", "a", "-o", "table"}) == (words{"[system]", "a"}), boost::test_tools::per_element());
    BOOST_TEST(assigned({"--identities", "a", "--identities", "b"}) == (words{"a", "b"}), boost::test_tools::per_element());
    BOOST_TEST(read<task_arguments>({"task", "create", "-n", "t", "--assign-identity", "-c", "u"}).identities == words{"[system]"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(refuses_values_that_no_connection_could_use)
{
    using words = std::vector<std::string>;
    for (auto const& wrong : {words{"--ca-file", "/no/such/file"}, words{"--ca-file", "/dev/null"}, words{"--registry-mirror", "docker.io"},
                              words{"--insecure-registry", "http://localhost:5000"}}) {
        words all{"serve"};
        all.insert(all.end(), wrong.begin(), wrong.end());
        BOOST_CHECK_THROW(read<serve_options>(all), usage_error);
    }
    BOOST_TEST(read<serve_options>({"serve", "--registry-mirror", "docker.io=mirror.example.com"}).runs.connection.mirrors.size() == 1U);
}

BOOST_AUTO_TEST_CASE(reads_how_much_of_contexts_is_kept)
{
    BOOST_TEST(read<serve_options>({"serve"}).context_budget == std::uint64_t{10} << 30);
    BOOST_TEST(read<serve_options>({"serve", "--context-budget", "2GiB"}).context_budget == std::uint64_t{2} << 30);
    BOOST_CHECK_THROW(read<serve_options>({"serve", "--context-budget", "much"}), usage_error);
}

BOOST_AUTO_TEST_CASE(reads_agent_pools_by_the_names_of_az)
{
    auto const made = read<task_arguments>({"agentpool", "create", "-n", "big", "--count", "3", "--tier", "S2", "--subnet-id", "x", "--no-wait"});
    BOOST_TEST(made.verb == "agentpool create");
    BOOST_TEST((made.count == 3U && made.tier == "S2" && made.subnet == "x"));
    BOOST_TEST(!read<task_arguments>({"agentpool", "update", "-n", "big"}).count.has_value());
    BOOST_TEST(read<task_arguments>({"agentpool", "show", "-n", "big", "--queue-count"}).shows_queue);
    BOOST_TEST(read<task_arguments>({"agentpool", "delete", "-n", "big", "-y"}).is_confirmed);
    BOOST_TEST(read<task_arguments>({"agentpool", "list", "-o", "table"}).verb == "agentpool list");
    BOOST_CHECK_THROW(parse_runner_command_line({"agentpool", "create"}), usage_error);
    BOOST_CHECK_THROW(parse_runner_command_line({"agentpool", "create", "-n", "big", "--count", "-1"}), usage_error);
}

BOOST_AUTO_TEST_CASE(shows_help_for_what_is_no_command_yet)
{
    for (auto const& words : std::vector<std::vector<std::string>>{{}, {"--help"}, {"task"}, {"task", "timer"}, {"serve", "--help"}})
        BOOST_TEST(!read<shown_text>(words).text.empty());
    BOOST_CHECK_THROW(parse_runner_command_line({"nonsense"}), usage_error);
}
BOOST_AUTO_TEST_SUITE_END()
