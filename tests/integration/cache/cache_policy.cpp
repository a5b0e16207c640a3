// The local layer cache as the program uses it: its budget, its policies, its keys, its trace; du and prune.
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace acrx::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(cache_cache_policy)
namespace {
/// A context of three files of 100 kB that cannot be compressed.
struct workplace
{
    workplace()
    {
        for (auto const* name : {"a", "b", "c"})
            change(name);
        folder.write("ctx/Dockerfile", "FROM scratch\nLABEL x=1\nCOPY a /\nCOPY b /\nCOPY c /\n");
    }
    void change(std::string const& name) const
    {
        fs::create_directories(folder / "ctx");
        shell("head -c 100000 /dev/urandom > " + (folder / "ctx" / name).string());
    }
    shell_result tool(std::string const& words) const
    {
        return shell(std::string(ACRX_QUICK) + " " + words + " --home " + (folder / "home").string());
    }
    std::string build(std::string const& options = {}) const
    {
        auto const result = tool("build --progress plain --no-push " + options + " " + (folder / "ctx").string());
        BOOST_TEST(result.status == 0, result.output);
        return result.output;
    }
    static std::size_t cached(std::string const& log)
    {
        std::size_t n = 0;
        for (auto at = log.find(" CACHED"); at != log.npos; at = log.find(" CACHED", at + 1))
            ++n;
        return n;
    }
    std::uintmax_t layer_bytes() const
    {
        std::uintmax_t bytes = 0;
        for (auto const& blob : fs::directory_iterator(folder / "home/blobs/sha256"))
            bytes += blob.file_size() > 50000 ? blob.file_size() : 0;
        return bytes;
    }
    boost::json::value json(std::string const& words) const { return boost::json::parse(tool(words + " -o json").output); }

    scratch_folder folder;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(the_budget_is_kept_by_every_policy, workplace)
{
    for (auto const* policy : {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "ttl=1h", "lru,tinylfu", "gdsf,min-seconds=0.000001"}) {
        for (auto const* name : {"c", "b"}) {
            change(name);
            build(std::string("--cache-budget 350kB --cache-policy ") + policy);
            BOOST_TEST(layer_bytes() <= 350'000U, policy);
        }
        BOOST_TEST(layer_bytes() >= 100'000U, policy);
    }
}

BOOST_FIXTURE_TEST_CASE(builds_at_once_keep_the_budget_together, workplace)
{
    std::vector<std::jthread> builds;
    for (int i = 0; i < 4; ++i)
        builds.emplace_back([this, i] {
            auto const ctx = folder / ("ctx" + std::to_string(i));
            for (int round = 0; round < 3; ++round) {
                fs::create_directories(ctx);
                shell("cp " + (folder / "ctx").string() + "/* " + ctx.string() + "; head -c 100000 /dev/urandom > " + (ctx / "c").string());
                auto const done = tool("build --no-push --no-logs --cache-budget 400kB " + ctx.string());
                if (done.status != 0)
                    shell("echo failed > " + (folder / "failed").string());
            }
        });
    builds.clear();
    BOOST_TEST(!fs::exists(folder / "failed"));
    build("--cache-budget 400kB");
    BOOST_TEST(layer_bytes() <= 400'000U);
}

BOOST_FIXTURE_TEST_CASE(a_budget_smaller_than_one_layer_keeps_nothing_and_harms_nothing, workplace)
{
    build("--cache-budget 1kB -t app");
    BOOST_TEST(tool("inspect app").status == 0);
    BOOST_TEST(layer_bytes() > 300'000U);  // the image has them
    build("--cache-budget 1kB");
    BOOST_TEST(cached(build("--cache-budget 1kB")) == 0U);
}

BOOST_FIXTURE_TEST_CASE(keys_say_which_change_matters, workplace)
{
    auto const after = [&](std::string const& key, std::string const& change) {
        build("--cache-key " + key);
        BOOST_TEST(shell("cd " + (folder / "ctx").string() + "; " + change).status == 0);
        return cached(build("--cache-key " + key));
    };
    BOOST_TEST(after("content", "touch a; sed -i s/x=.*/x=2/ Dockerfile") == 3U);
    BOOST_TEST(after("chain", "touch a") == 3U);
    BOOST_TEST(after("chain", "sed -i s/x=.*/x=3/ Dockerfile") == 0U);
    BOOST_TEST(after("time", "touch b") == 1U);
    BOOST_TEST(after("context", "touch a") == 3U);
    BOOST_TEST(after("context", "echo > new") == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_trace_has_a_line_for_each_step, workplace)
{
    auto const trace = (folder / "trace").string();
    build("--trace " + trace);
    build("--trace " + trace);
    std::ifstream in(trace);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    BOOST_REQUIRE(lines.size() == 7U);
    BOOST_TEST(lines[0] == "# acrx trace 1");
    for (std::size_t i = 1; i <= 3; ++i)  // but for time and build the same
        BOOST_TEST(lines[i].substr(lines[i].find(" c ")) == lines[i + 3].substr(lines[i + 3].find(" c ")));
    BOOST_TEST(tool("build --no-push --trace /nowhere/x " + (folder / "ctx").string()).status != 0);
}

BOOST_FIXTURE_TEST_CASE(tells_what_takes_up_space_and_gives_it_back, workplace)
{
    build("-t app");
    change("c");
    build();
    auto const before = json("du");
    BOOST_TEST(before.at("layer").at("bytes").to_number<int>() >= 100'000);
    BOOST_TEST(before.at("image").at("bytes").to_number<int>() >= 300'000);
    BOOST_TEST(before.at("layer").at("reclaimable") == before.at("layer").at("bytes"));
    BOOST_TEST(tool("du").output.find("RECLAIMABLE") != std::string::npos);
    BOOST_TEST(json("prune --filter until=1h").at("blobs").to_number<int>() == 0);
    BOOST_TEST(json("prune --all --filter type=mount").at("blobs").to_number<int>() == 0);
    BOOST_TEST(json("prune --keep-storage 50kB").at("cacheEntries").to_number<int>() == 1);
    BOOST_TEST(json("du").at("layer").at("bytes").to_number<int>() == 0);
    BOOST_TEST(cached(build()) == 2U);
}

BOOST_FIXTURE_TEST_CASE(prune_keeps_what_was_used_last, workplace)
{
    build();
    auto const first = fs::path(folder / "first");
    fs::copy(folder / "ctx", first);
    change("a");
    build();
    auto const again = tool("build --progress plain --no-push " + first.string());  // the older layers are the ones used last
    BOOST_TEST(cached(again.output) == 3U);
    BOOST_TEST(tool("prune --keep-storage 310kB").status == 0);
    BOOST_TEST(cached(tool("build --progress plain --no-push " + first.string()).output) == 3U);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_policy_is_refused, workplace)
{
    for (auto const* options : {"--cache-policy mru", "--cache-policy ''", "--cache-policy lru,fifo", "--cache-key x",
                                "--cache-budget lots"}) {
        auto const result = tool("build --no-push " + std::string(options) + " " + (folder / "ctx").string());
        BOOST_TEST(result.status == 2, options);
    }
    BOOST_TEST(tool("prune --filter x=y").status == 2);
    BOOST_TEST(tool("prune --filter type=x").status == 2);
}

BOOST_AUTO_TEST_SUITE_END()
