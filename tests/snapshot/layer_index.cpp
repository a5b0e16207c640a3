#include <acrx/snapshot/layer_index.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <random>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_layer_index)

layer_entry entry_of(std::string path, entry_type type = entry_type::regular)
{
    layer_entry entry;
    entry.path = std::move(path);
    entry.type = type;
    return entry;
}

std::vector<std::string> paths_of(std::span<layer_entry const> entries)
{
    std::vector<std::string> paths;
    for (auto const& entry : entries)
        paths.push_back(entry.path);
    return paths;
}

bool is_damaged(error const& e)
{
    return e.code() == errc::damaged;
}

layer_index rich_index()
{
    auto file = entry_of("etc/passwd");
    file.mode = 04755;
    file.uid = 4'000'000'000U;
    file.gid = 7;
    file.mtime = time_point(std::chrono::nanoseconds(-1'500'000'001));
    file.size = std::uint64_t(1) << 40U;
    file.content = sha256().update("x").finish_bytes();
    file.xattrs = {{"security.capability", std::string("\0\1\n=", 4)}, {"user.empty", ""}};
    auto link = entry_of("bin", entry_type::symbolic_link);
    link.link = "usr/bin";
    auto device = entry_of("dev/null", entry_type::character_device);
    device.device_major = 1;
    device.device_minor = 3;
    return layer_index({file, link, device, entry_of("", entry_type::directory), entry_of("a", entry_type::directory),
                        entry_of("a", entry_type::opaque), entry_of("gone", entry_type::whiteout)},
                       {{"etc/passwd", std::string("root:\0:", 7)}});
}

BOOST_AUTO_TEST_CASE(a_folder_holds_a_contiguous_range_whatever_its_neighbours_are_called)
{
    layer_index const index({entry_of("a-b"), entry_of("a/b/c"), entry_of("a"), entry_of("a.txt"), entry_of("a/b"),
                             entry_of("a/b-c"), entry_of("ab"), entry_of("a\x01")});
    BOOST_TEST(paths_of(index.entries())
                   == (std::vector<std::string>{"a", "a/b", "a/b/c", "a/b-c", "a\x01", "a-b", "a.txt", "ab"}),
               boost::test_tools::per_element());
    BOOST_TEST(paths_of(index.below("a")) == (std::vector<std::string>{"a/b", "a/b/c", "a/b-c"}),
               boost::test_tools::per_element());
    BOOST_TEST(paths_of(index.below("a/b")) == (std::vector<std::string>{"a/b/c"}), boost::test_tools::per_element());
    BOOST_TEST(index.below("a-b").empty());
    BOOST_TEST(index.below("missing").empty());
    BOOST_TEST(index.below("").size() == 8U);
}

BOOST_AUTO_TEST_CASE(the_root_is_not_below_itself)
{
    layer_index const index({entry_of("", entry_type::directory), entry_of("a"), entry_of("", entry_type::opaque)});
    BOOST_TEST(paths_of(index.below("")) == (std::vector<std::string>{"a"}), boost::test_tools::per_element());
    BOOST_TEST(index.is_opaque(""));
    BOOST_CHECK(index.find("")->type == entry_type::directory);
}

BOOST_AUTO_TEST_CASE(of_two_entries_with_one_path_the_later_wins)
{
    auto late = entry_of("a", entry_type::symbolic_link);
    late.link = "late";
    layer_index const index({entry_of("a"), entry_of("b"), late});
    BOOST_TEST(index.entries().size() == 2U);
    BOOST_TEST(index.find("a")->link == "late");
}

BOOST_AUTO_TEST_CASE(a_folder_and_its_opaque_mark_are_two_entries)
{
    layer_index const index({entry_of("a", entry_type::opaque), entry_of("a", entry_type::directory), entry_of("a/x")});
    BOOST_TEST(index.entries().size() == 3U);
    BOOST_TEST(index.is_opaque("a"));
    BOOST_TEST(!index.is_opaque("a/x"));
    BOOST_CHECK(index.find("a")->type == entry_type::directory);
    BOOST_TEST(index.below("a").size() == 1U);
    BOOST_CHECK(layer_index({entry_of("a", entry_type::opaque)}).find("a") == nullptr);
}

BOOST_AUTO_TEST_CASE(random_paths_are_found_as_by_plain_search)
{
    std::mt19937 dice(3);
    std::vector<layer_entry> entries;
    for (int i = 0; i < 400; ++i) {
        std::string path;
        for (auto left = 1 + dice() % 4; left > 0; --left)
            path += (path.empty() ? "" : "/") + std::string(1 + dice() % 2, "a-.b"[dice() % 4]);
        entries.push_back(entry_of(path));
    }
    layer_index const index(entries);
    for (auto const& folder : entries) {
        BOOST_CHECK(index.find(folder.path) != nullptr);
        auto const expected = std::count_if(index.entries().begin(), index.entries().end(), [&](auto const& e) {
            return e.path.starts_with(folder.path + '/');
        });
        BOOST_TEST(std::ssize(index.below(folder.path)) == expected);
    }
    BOOST_TEST(std::is_sorted(index.entries().begin(), index.entries().end(),
                              [](auto const& a, auto const& b) { return path_less{}(a.path, b.path); }));
}

BOOST_AUTO_TEST_CASE(survives_its_binary_form)
{
    auto const index = rich_index();
    auto const copy = layer_index::from_bytes(index.to_bytes());
    BOOST_CHECK(std::equal(copy.entries().begin(), copy.entries().end(), index.entries().begin(),
                           index.entries().end()));
    BOOST_CHECK(copy.all_kept() == index.all_kept());
    BOOST_TEST(copy.to_bytes() == index.to_bytes());
    BOOST_TEST(layer_index::from_bytes(layer_index().to_bytes()).entries().empty());
}

BOOST_AUTO_TEST_CASE(any_changed_or_missing_byte_is_noticed)
{
    auto const bytes = rich_index().to_bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        BOOST_CHECK_EXCEPTION(layer_index::from_bytes(changed), error, is_damaged);
        BOOST_CHECK_EXCEPTION(layer_index::from_bytes(bytes.substr(0, i)), error, is_damaged);
    }
    BOOST_CHECK_EXCEPTION(layer_index::from_bytes(bytes + '\0'), error, is_damaged);
}

BOOST_AUTO_TEST_CASE(keeps_the_account_files)
{
    BOOST_TEST(layer_index::keeps("etc/passwd"));
    BOOST_TEST(layer_index::keeps("etc/group"));
    BOOST_TEST(!layer_index::keeps("etc/shadow"));
    BOOST_TEST(!rich_index().kept("etc/group").has_value());
    BOOST_TEST(rich_index().kept("etc/passwd")->size() == 7U);
}
BOOST_AUTO_TEST_SUITE_END()
