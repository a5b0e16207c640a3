// The simulator says of real builds what their caches really did.
#include <cachebench/live.hpp>

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;
using namespace acrx::cachebench;
using acrx::testing::shell;

BOOST_AUTO_TEST_SUITE(cachebench_live)

/// Ten commits, each with another file of 100 kB that cannot be compressed, or one that was there before.
std::string make_history(acrx::testing::scratch_folder const& folder)
{
    auto const path = (folder.path() / "repository").string();
    auto const done = shell("mkdir " + path + " && cd " + path + R"( && git init -q . && exec 2>&1
printf 'FROM scratch\nCOPY a /\nCOPY b /\nCOPY c /\n' > Dockerfile
for name in a b c 1 2 3; do head -c 100000 /dev/urandom > $name; done
echo '[0-9]' > .dockerignore
for change in 'true' 'cp 1 c' 'cp 2 c' 'cp 1 c' 'cp 3 b' 'cp 1 b' 'cp 3 b' 'cp 2 a' 'cp 3 a' 'cp 2 a'; do
  $change; git add -A; git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m "$change" || exit 1
done)");
    BOOST_REQUIRE_MESSAGE(done.status == 0, done.output);
    return path;
}

BOOST_AUTO_TEST_CASE(agrees_with_real_builds)
{
    acrx::testing::scratch_folder folder;
    live_request where{.program = ACRX_QUICK, .repository = make_history(folder), .scratch = folder.path() / "live"};
    std::filesystem::create_directories(where.scratch);
    for (auto const* name : {"lru", "fifo", "gdsf"})
        for (std::uint64_t const budget : {450'000, 1'000'000'000}) {
            auto const result = run_live(where, named_policy(name), budget);
            BOOST_TEST_MESSAGE(name << " at " << budget << ": " << result.real_hits << " real hits, " << result.simulated_hits
                                    << " simulated, of " << result.steps);
            BOOST_TEST(result.steps == 30U);
            BOOST_TEST(result.real_hits > 0U);
            BOOST_TEST(result.error() <= (budget > 1'000'000 ? 0.0 : 0.2), name << " at " << budget);
            BOOST_TEST(std::filesystem::is_empty(where.scratch));
        }
}

BOOST_AUTO_TEST_SUITE_END()
