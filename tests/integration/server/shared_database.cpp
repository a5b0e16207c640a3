// Runners that share a PostgreSQL database.
#include "runner_process.hpp"

#include <boost/test/unit_test.hpp>

#include <support/postgres_cluster.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_shared_database)

namespace {
struct shared_database
{
    std::string url = postgres_cluster::shared().new_schema();
    scratch_folder folder;
    runner_setup setup{.has_users = false, .more = {"--database", url, "--secret-key-file", key().string()}};

    std::filesystem::path key() const
    {
        auto const file = folder.write("key", std::string(64, '7'));
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return file;
    }
};

std::string ask(runner_process const& runner, std::string const& words)
{
    return must(std::string(ACRX_RUNNER) + " " + words + " --server " + runner.url());
}

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != text.npos;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(show_the_same_tasks_and_runs_and_outlive_each_other, shared_database)
{
    runner_process first(setup);
    runner_process second(setup);
    ask(first, "task create -n hello -c /dev/null --cmd '127.0.0.1:1/nothing say hi' --base-image-trigger-enabled false");
    BOOST_TEST(has(ask(second, "task list -o table"), "hello"));
    BOOST_TEST(has(ask(second, "task run -n hello --no-wait -o table"), "ca1"));
    BOOST_TEST(has(ask(first, "task run -n hello --no-wait -o table"), "ca2"));
    first.kill();
    auto const list = ask(second, "task list-runs -o table");
    BOOST_TEST((has(list, "ca1") && has(list, "ca2")), list);
    BOOST_TEST(has(ask(second, "task run -n hello --no-wait -o table"), "ca3"));
    BOOST_TEST(!std::filesystem::exists(second.home() / "runner/runner.db"));
    BOOST_TEST(postgres_cluster::shared().sql("SELECT count(*) FROM runs", url) == "3\n");
}

BOOST_FIXTURE_TEST_CASE(refuse_another_key, shared_database)
{
    runner_process const first(setup);
    auto const other = shell(std::string("timeout 20 env ACRX_DATABASE='") + url + "' " + ACRX_RUNNER + " serve --listen 0 --home "
                             + (folder / "other").string());
    BOOST_TEST(other.status != 0);
    BOOST_TEST(has(other.output, "sealed with the key for secrets"), other.output);
}

BOOST_AUTO_TEST_SUITE_END()
