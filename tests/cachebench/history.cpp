// Traces that are made of git histories: repositories of the tests' own, and the program itself.
#include <cachebench/git_history.hpp>
#include <cachebench/request_list.hpp>

#include <acrx/io/files.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::cachebench;
using acrx::testing::shell;

BOOST_AUTO_TEST_SUITE(cachebench_history)

/// A repository that grows commit by commit, one a minute.
struct repository
{
    acrx::testing::scratch_folder folder;
    int commits = 0;

    repository() { git("init -q ."); }
    void git(std::string const& words)
    {
        auto const time = "'" + std::to_string(1'700'000'000 + 60 * commits) + " +0000'";
        auto const done = shell("cd " + folder.path().string() + " && GIT_COMMITTER_DATE=" + time + " GIT_AUTHOR_DATE=" + time
                                + " git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main " + words);
        BOOST_REQUIRE_MESSAGE(done.status == 0, done.output);
    }
    void commit(std::vector<std::pair<std::string, std::string>> const& files)
    {
        for (auto const& [name, text] : files) {
            std::filesystem::create_directories((folder.path() / name).parent_path());
            folder.write(name, text);
        }
        ++commits;
        git("add -A");
        git("commit -q --allow-empty -m " + std::to_string(commits));
    }
    std::vector<traced_step> trace(std::vector<std::string>* warnings = nullptr)
    {
        std::vector<traced_step> steps;
        history_walk walk({.repository = folder.path()}, [&](std::string const& text) {
            if (warnings != nullptr)
                warnings->push_back(text);
        });
        walk.run([&](traced_step const& step) { steps.push_back(step); });
        return steps;
    }
};

std::string const dockerfile = "FROM alpine AS build\nWORKDIR /src\nCOPY package.json .\nRUN npm install\nCOPY src src\n"
                               "RUN npm run build\nFROM alpine\nCOPY --from=build /src/out /app\nLABEL a=b\nRUN true\n";

/// For each key policy, which steps of the last build are known from the builds before it.
std::array<std::string, 4> hits_of_last_build(std::vector<traced_step> const& steps)
{
    std::array<std::string, 4> hits;
    for (std::size_t key = 0; key < hits.size(); ++key) {
        std::set<short_key> seen;
        for (auto const& step : steps)
            if (step.build != steps.back().build)
                seen.insert(step.keys[key]);
            else
                hits[key] += seen.contains(step.keys[key]) ? 'h' : '-';
    }
    return hits;
}

BOOST_FIXTURE_TEST_CASE(has_one_line_a_step_and_commit, repository)
{
    commit({{"Dockerfile", dockerfile}, {"package.json", "1"}, {"src/a", "a"}});
    auto const steps = trace();
    std::string kinds;
    for (auto const& step : steps)
        kinds += step.kind;
    BOOST_TEST(kinds == "wcrcrcr");
    BOOST_TEST(steps[0].parent == 0U);
    for (std::size_t i = 1; i < 5; ++i)
        BOOST_TEST(steps[i].parent == steps[i - 1].keys[0]);
    BOOST_TEST(steps[5].parent == 0U);
    BOOST_TEST(steps[0].time == 1'700'000'060);
    for (auto const& step : steps) {
        BOOST_TEST(step.bytes > 0U);
        BOOST_TEST(step.seconds > 0.0);
    }
}

BOOST_FIXTURE_TEST_CASE(a_changed_source_runs_what_comes_after_it, repository)
{
    commit({{"Dockerfile", dockerfile}, {"package.json", "1"}, {"src/a", "a"}});
    commit({{"src/a", "b"}});
    auto const hits = hits_of_last_build(trace());
    BOOST_TEST(hits[0] == "hhh----");
    BOOST_TEST(hits[1] == "hhh----");
    BOOST_TEST(hits[2] == "hhh----");
    BOOST_TEST(hits[3] == "-------");
}

BOOST_FIXTURE_TEST_CASE(a_change_that_is_taken_back_is_known_but_by_its_time, repository)
{
    commit({{"Dockerfile", dockerfile}, {"package.json", "1"}, {"src/a", "a"}});
    commit({{"src/a", "b"}});
    commit({{"src/a", "a"}});
    auto const hits = hits_of_last_build(trace());
    BOOST_TEST(hits[0] == "hhhhhhh");
    BOOST_TEST(hits[1] == "hhhhhhh");
    BOOST_TEST(hits[2] == "hhh----");
    BOOST_TEST(hits[3] == "hhhhhhh");
}

BOOST_FIXTURE_TEST_CASE(what_the_context_ignores_or_a_label_says_matters_to_few, repository)
{
    commit({{"Dockerfile", dockerfile}, {"package.json", "1"}, {"src/a", "a"}, {".dockerignore", "doc\n"}, {"doc/x", "1"}});
    commit({{"doc/x", "2"}});
    auto hits = hits_of_last_build(trace());
    for (auto const& one : hits)
        BOOST_TEST(one == "hhhhhhh");
    auto changed = dockerfile;
    changed.replace(changed.find("a=b"), 3, "a=c");
    commit({{"Dockerfile", changed}});
    hits = hits_of_last_build(trace());
    BOOST_TEST(hits[0] == "hhhhhhh");
    BOOST_TEST(hits[1] == "hhhhhh-");
}

BOOST_FIXTURE_TEST_CASE(commits_that_cannot_be_built_are_told_and_left_out, repository)
{
    commit({{"README", "nothing yet"}});
    commit({{"Dockerfile", "FORM alpine\n"}});
    commit({{"Dockerfile", "FROM alpine\nCOPY missing /\n"}});
    commit({{"Dockerfile", "FROM alpine\nCOPY README /\n"}});
    std::vector<std::string> warnings;
    auto const steps = trace(&warnings);
    BOOST_TEST(warnings.size() == 3U);
    BOOST_TEST(steps.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(the_program_makes_and_replays_traces, repository)
{
    commit({{"Dockerfile", dockerfile}, {"package.json", "1"}, {"src/a", "a"}});
    for (int i = 0; i < 30; ++i)
        commit({{"src/a", std::to_string(i % 7)}, {"package.json", std::to_string(i / 10)}});
    acrx::testing::scratch_folder out;
    std::string const tool = ACRX_CACHEBENCH;
    auto const trace = (out.path() / "trace").string();
    auto const made = shell(tool + " history " + folder.path().string() + " > " + trace);
    BOOST_REQUIRE_MESSAGE(made.status == 0, made.output);
    auto const replayed = shell(tool + " replay " + trace + " --policy lru --policy gdsf,tinylfu --budget 50% --budget 100% "
                                "--key content --key chain --format csv --svg " + (out.path() / "c.svg").string());
    BOOST_TEST(replayed.status == 0, replayed.output);
    BOOST_TEST(std::count(replayed.output.begin(), replayed.output.end(), '\n') == 1 + 2 * 2 * 4);
    BOOST_TEST(read_file(out.path() / "c.svg", 1 << 20).starts_with("<svg"));

    shell("echo damaged >> " + trace);
    auto const skipped = shell(tool + " replay " + trace + " --policy lru --budget 1GB");
    BOOST_TEST(skipped.status == 0);
    BOOST_TEST(skipped.output.find("1 damaged lines were left out") != std::string::npos, skipped.output);
    auto const strict = shell(tool + " replay --strict " + trace + " --policy lru --budget 1GB");
    BOOST_TEST(strict.status == 1);
    BOOST_TEST(strict.output.find(trace + ":219: ") != std::string::npos, strict.output);
    BOOST_TEST(shell(tool + " replay " + trace + " --policy mru").status == 1);
    BOOST_TEST(shell(tool + " replay " + trace + " --budget lots").status == 1);
    BOOST_TEST(shell(tool + " history " + out.path().string()).status == 1);
}

BOOST_AUTO_TEST_SUITE_END()
