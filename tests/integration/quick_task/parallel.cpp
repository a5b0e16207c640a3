// Which steps of one build run, which wait, and which are taken from the cache.
#include "build_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(quick_task_parallel)
namespace {
boost::test_tools::assertion_result is_root(boost::unit_test::test_unit_id)
{
    return ::geteuid() == 0;
}

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

/// Stages that each take half a second, and one that needs them all.
std::string sleepers(int count)
{
    std::string stages;
    std::string last = "FROM scratch\n";
    for (int i = 0; i < count; ++i) {
        auto const name = "s" + std::to_string(i);
        stages += "FROM busybox:base AS " + name + "\nRUN sleep 0.5; echo " + name + " > /" + name + "\n";
        last += "COPY --from=" + name + " /" + name + " /\n";
    }
    return stages + last;
}

struct fixture : build_fixture
{
    double seconds_of(std::string const& options) const
    {
        auto const start = std::chrono::steady_clock::now();
        must_build(sleepers(6), options);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(runs_independent_stages_at_once, fixture, *boost::unit_test::precondition(is_root))
{
    must_build("FROM busybox:base\nRUN true\n");
    BOOST_TEST(seconds_of("--no-cache") < 2.5);  // one after the other they take 3 seconds
}

BOOST_FIXTURE_TEST_CASE(runs_no_more_steps_at_once_than_asked_for, fixture, *boost::unit_test::precondition(is_root))
{
    BOOST_TEST(seconds_of("--no-cache --parallelism 1") > 3.0);
    BOOST_TEST(seconds_of("--no-cache --parallelism 3") > 1.0);
}

BOOST_FIXTURE_TEST_CASE(runs_the_steps_of_chosen_stages_again, fixture, *boost::unit_test::precondition(is_root))
{
    auto const text = "FROM busybox:base AS one\nRUN cat /proc/sys/kernel/random/uuid > /1\n"
                      "FROM busybox:base AS two\nRUN cat /proc/sys/kernel/random/uuid > /2\n"
                      "FROM scratch\nCOPY --from=one /1 /\nCOPY --from=two /2 /\n";
    auto const ids = [&](std::string const& options) {
        must_build(text, options);
        return std::pair(must("cat " + unpacked() + "/1"), must("cat " + unpacked() + "/2"));
    };
    auto const first = ids("");
    BOOST_CHECK(ids("") == first);
    auto const second = ids("--no-cache-filter ONE");
    BOOST_TEST(second.first != first.first);
    BOOST_TEST(second.second == first.second);
    BOOST_CHECK(ids("") == second);  // what was run again is what the cache has now
    auto const third = ids("--no-cache");
    BOOST_TEST(third.second != second.second);
    BOOST_CHECK(ids("") == third);
}

BOOST_FIXTURE_TEST_CASE(takes_the_dockerfile_from_standard_input, fixture)
{
    context.write("file", "1\n");
    context.write("hidden", "2\n");
    context.write(".dockerignore", "hidden\n");
    context.write("Dockerfile", "FROM scratch\nCOPY nothing /\n");
    auto const build_from = [&](std::string const& text, std::string const& options = "") {
        auto const input = scratch.write("input", text).string();
        return shell(quick("build -t " + tag + ":" + tag + " -f - " + options + " " + context.path().string()) + " < "
                     + input);
    };
    auto const built = build_from("FROM scratch\nCOPY . /all/\n");
    BOOST_TEST_REQUIRE(built.status == 0, built.output);
    BOOST_TEST(listing("all") == "755 0:0 all\n644 0:0 all/.dockerignore\n644 0:0 all/Dockerfile\n644 0:0 all/file\n");
    auto const wrong = build_from("FROM scratch\n\nCOPI a b\n");
    BOOST_TEST(wrong.status == 1);
    BOOST_TEST(has(wrong.output, "Dockerfile:3"), wrong.output);
    BOOST_TEST(has(wrong.output, ">>> COPI a b"), wrong.output);
    BOOST_TEST(build_from("").status == 1);
    auto const checked = build_from("from scratch\nCOPY file /\n", "--check");
    BOOST_TEST(checked.status == 1);
    BOOST_TEST(has(checked.output, "ConsistentInstructionCasing"), checked.output);
    BOOST_TEST(shell(quick("build -f - -") + " < /dev/null").status == 2);
    BOOST_TEST(shell("ls " + home + "/tmp").output == "");
}

BOOST_FIXTURE_TEST_CASE(shows_what_a_dockerfile_offers, fixture)
{
    auto const targets = build("# app is the app\nFROM scratch AS app\nARG V=1\nFROM app\n", "--call targets");
    BOOST_TEST(targets.status == 0);
    BOOST_TEST(has(targets.output, "app        is the app\n(default)  \n"), targets.output);
    auto const outline = build_as_it_is("--call outline,format=json --target app");
    BOOST_TEST(has(outline.output, "\"value\": \"1\""), outline.output);
    BOOST_TEST(build_as_it_is("--call outline --target nope").status == 1);
}

BOOST_FIXTURE_TEST_CASE(suggests_what_was_probably_meant, fixture)
{
    context.write("folder/README.md", "x");
    context.write("secret.txt", "x");
    context.write(".dockerignore", "secret.txt\n");
    struct
    {
        std::string line;
        std::string hint;
    } const samples[] = {{"COPY folder/Readme.md /", "Did you mean \"/folder/README.md\"?"},
                         {"COPY foldr /", "Did you mean \"/folder\"?"},
                         {"COPY secret.txt /", "The ignore file leaves it out"},
                         {"COPY --from=bilder / /", "Did you mean the stage \"builder\"?"}};
    for (auto const& sample : samples) {
        auto const failed = build("FROM scratch AS builder\nFROM scratch\n" + sample.line + "\n");
        BOOST_TEST(failed.status != 0);
        BOOST_TEST(has(failed.output, sample.hint), failed.output);
        BOOST_TEST(has(failed.output, "Dockerfile:3"), failed.output);
    }
}

BOOST_FIXTURE_TEST_CASE(takes_the_source_of_a_mount_literally, fixture, *boost::unit_test::precondition(is_root))
{
    context.write("a[1].txt", "odd\n");
    context.write("a1.txt", "plain\n");
    must_build("FROM busybox:base\nRUN --mount=source=a[1].txt,target=/m cp /m /copied\n");
    BOOST_TEST(must("cat " + unpacked() + "/copied") == "odd\n");
    auto const failed = build("FROM busybox:base\nRUN --mount=source=*.md,target=/m true\n");
    BOOST_TEST(failed.status == 1);
    BOOST_TEST(has(failed.output, "Dockerfile:2"), failed.output);
}

BOOST_AUTO_TEST_SUITE_END()
