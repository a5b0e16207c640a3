#include <acrx/cli/prune_store.hpp>

#include <acrx/cli/disk_usage.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(cli_prune_store)

namespace {
/// A state folder of a machine whose runner has two pieces of contexts, the first of them used two days ago.
struct with_pieces
{
    testing::scratch_folder folder;
    state_folder state{folder.path()};
    time_point now = system_clock().now();

    with_pieces()
    {
        auto const old = folder.write("runner/pieces/0a/1", std::string(5000, 'x'));
        folder.write("runner/pieces/0a/2", std::string(5000, 'x'));
        folder.write("runner/runner.db", std::string(5000, 'x'));
        std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() - 48h);
    }
    cli::usage_line usage(std::string const& kind) const
    {
        auto const lines = cli::disk_usage(state);
        auto const found = std::ranges::find(lines, kind, &cli::usage_line::kind);
        BOOST_REQUIRE((found != lines.end()));
        return *found;
    }
    std::size_t prune(cli::prune_options const& options) const { return cli::prune_store(state, options, now).context_pieces; }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(pieces_of_contexts_are_counted, with_pieces)
{
    auto const context = usage("context");
    BOOST_TEST(context.count == 2U);
    BOOST_TEST(context.bytes >= 10000U);
    BOOST_TEST(context.reclaimable == context.bytes);
    auto const other = usage("other");
    BOOST_TEST(other.count == 1U);
    BOOST_TEST(other.bytes >= 5000U);
    BOOST_TEST(other.reclaimable == 0U);
}

BOOST_FIXTURE_TEST_CASE(pieces_of_contexts_go_with_all_or_by_their_last_use, with_pieces)
{
    BOOST_TEST(prune({}) == 0U);
    cli::prune_options everything;
    everything.all = true;
    everything.only = {"layer"};
    BOOST_TEST(prune(everything) == 0U);
    cli::prune_options unused;
    unused.older_than = 24h;
    unused.only = {"context"};
    BOOST_TEST(prune(unused) == 1U);
    BOOST_TEST(!std::filesystem::exists(state.pieces() / "0a/1"));
    everything.only.clear();
    BOOST_TEST(prune(everything) == 1U);
    BOOST_TEST(usage("context").count == 0U);
    BOOST_TEST(std::filesystem::exists(state.runner() / "runner.db"));
}

BOOST_AUTO_TEST_SUITE_END()
