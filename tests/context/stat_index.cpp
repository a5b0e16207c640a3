#include <acrx/context/stat_index.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_stat_index)

namespace {
constexpr file_stamp stamp{.device = 1, .inode = 2, .size = 3, .mtime = 4, .ctime = 5};
known_file const what{sha256().update("text").finish_bytes(), false};

struct index_folder
{
    acrx::testing::scratch_folder folder;
    std::filesystem::path file = folder.path() / "stats" / "index";

    std::string bytes() const
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(knows_a_file_by_path_and_stamp, index_folder)
{
    {
        stat_index index(file);
        BOOST_TEST(!index.find("/a", stamp));
        index.add("/a", stamp, what);
        BOOST_CHECK(index.find("/a", stamp) == what);
        index.save();
    }
    stat_index index(file);
    BOOST_CHECK(index.find("/a", stamp) == what);
    BOOST_TEST(!index.find("/b", stamp));
    auto changed = stamp;
    changed.ctime = 6;
    BOOST_TEST(!index.find("/a", changed));
}

BOOST_FIXTURE_TEST_CASE(what_changed_is_known_anew, index_folder)
{
    auto changed = stamp;
    changed.size = 4;
    known_file const other{sha256().update("other").finish_bytes(), true};
    for (int round = 0; round < 2; ++round) {
        stat_index index(file);
        index.add("/a", round == 0 ? stamp : changed, round == 0 ? what : other);
        index.save();
    }
    stat_index index(file);
    BOOST_CHECK(index.find("/a", changed) == other);
    BOOST_TEST(!index.find("/a", stamp));
}

BOOST_FIXTURE_TEST_CASE(forgets_what_nobody_asks_for_when_that_is_the_most, index_folder)
{
    {
        stat_index index(file);
        for (std::string const path : {"/asked", "/gone", "/lost"})
            index.add(path, stamp, what);
        index.save();
    }
    auto const before = bytes();
    {
        stat_index index(file);
        BOOST_TEST(index.find("/asked", stamp).has_value());
        index.save();
        BOOST_TEST(bytes() == before);  // nothing is new: nothing is written
        index.add("/new", stamp, what);
        index.save();
    }
    stat_index index(file);
    BOOST_TEST(index.find("/asked", stamp).has_value());
    BOOST_TEST(index.find("/new", stamp).has_value());
    BOOST_TEST(!index.find("/gone", stamp));
    BOOST_TEST(!index.find("/lost", stamp));
}

BOOST_FIXTURE_TEST_CASE(appends_a_small_change, index_folder)
{
    for (int round = 0; round < 4; ++round) {
        auto const before = round == 0 ? std::string() : bytes();
        auto changed = stamp;
        changed.size = static_cast<std::uint64_t>(round);
        {
            stat_index index(file);
            for (int i = 0; i < 10; ++i)
                if (round == 0)
                    index.add("/" + std::to_string(i), stamp, what);
                else
                    index.find("/" + std::to_string(i), stamp);
            index.add("/changing", changed, what);
            index.save();
        }
        BOOST_TEST(bytes().starts_with(before));
        stat_index index(file);
        BOOST_TEST(index.find("/changing", changed).has_value());
        BOOST_TEST(index.find("/9", stamp).has_value());
    }
}

BOOST_FIXTURE_TEST_CASE(an_append_that_was_cut_off_costs_what_it_said_alone, index_folder)
{
    for (std::string const path : {"/a", "/b"}) {
        stat_index index(file);
        index.find("/a", stamp);
        index.add(path, stamp, what);
        index.save();
    }
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    {
        stat_index index(file);
        BOOST_TEST(index.find("/a", stamp).has_value());
        BOOST_TEST(!index.find("/b", stamp));
        index.add("/c", stamp, what);
        index.save();
    }
    stat_index index(file);
    BOOST_TEST(index.find("/a", stamp).has_value());
    BOOST_TEST(index.find("/c", stamp).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_stamp_of_this_instant_tells_nothing, index_folder)
{
    auto young = stamp;
    young.mtime = std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
    stat_index index(file);
    index.add("/a", young, what);
    BOOST_TEST(!index.find("/a", young));
}

BOOST_FIXTURE_TEST_CASE(a_damaged_index_is_none, index_folder)
{
    {
        stat_index index(file);
        index.add("/a", stamp, what);
        index.save();
    }
    auto const good = bytes();
    for (std::size_t at = 0; at < good.size(); at += 7) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bad;
        BOOST_TEST(!stat_index(file).find("/a", stamp));
        std::ofstream(file, std::ios::binary | std::ios::trunc) << good.substr(0, at);
        BOOST_TEST(!stat_index(file).find("/a", stamp));
    }
}

BOOST_FIXTURE_TEST_CASE(serves_many_threads, index_folder)
{
    {
        stat_index index(file);
        for (int i = 0; i < 100; ++i)
            index.add("/" + std::to_string(i), stamp, what);
        index.save();
    }
    stat_index index(file);
    {
        std::vector<std::jthread> team;
        for (int number = 0; number < 4; ++number)
            team.emplace_back([&, number] {
                for (int i = 0; i < 100; ++i) {
                    index.find("/" + std::to_string(i), stamp);
                    index.add("/new" + std::to_string(number * 100 + i), stamp, what);
                }
            });
    }
    index.save();
    stat_index loaded(file);
    for (int i = 0; i < 400; ++i)
        BOOST_TEST(loaded.find("/new" + std::to_string(i), stamp).has_value());
    BOOST_TEST(loaded.find("/99", stamp).has_value());
}
BOOST_AUTO_TEST_SUITE_END()
