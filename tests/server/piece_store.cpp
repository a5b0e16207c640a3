#include <acrx/server/piece_store.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/remote/piece_source.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::scratch_folder;

BOOST_AUTO_TEST_SUITE(server_piece_store)
namespace {
sha256_bytes sum(std::string const& text)
{
    return sum_of(std::as_bytes(std::span(text)));
}

struct store_fixture
{
    scratch_folder folder;
    piece_store store{folder / "pieces", 1 << 20};

    void add(std::vector<std::string> const& pieces) const
    {
        piece_batch batch;
        for (auto const& piece : pieces)
            batch.add(std::as_bytes(std::span(piece)));
        run(store.add(batch.take()));
    }
    std::filesystem::path file_of(std::string const& piece) const
    {
        auto const hex = to_hex(sum(piece));
        return folder / "pieces" / hex.substr(0, 2) / hex.substr(2);
    }
    bool lacks(std::string const& piece, bool is_section = false) const
    {
        return !run(store.missing({sum(piece)}, is_section)).empty();
    }
    std::optional<std::uint64_t> compose(std::vector<sha256_bytes> sections, std::uint64_t limit = 1 << 20) const
    {
        return run(store.compose(std::move(sections), folder / "made", limit));
    }
};

std::string section_of(std::vector<std::string> const& pieces)
{
    std::vector<sha256_bytes> sums;
    for (auto const& piece : pieces)
        sums.push_back(sum(piece));
    return join_digests(sums);
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(keeps_pieces_and_makes_files_of_them, store_fixture)
{
    auto const section = section_of({"one ", "two ", "one "});
    BOOST_TEST(lacks("one "));
    add({"one ", section});
    BOOST_TEST(!lacks("one "));
    BOOST_TEST(!lacks(section));
    BOOST_TEST(lacks(section, true));
    BOOST_TEST(!compose({sum(section)}).has_value());
    BOOST_TEST(!std::filesystem::exists(folder / "made"));
    add({"two "});
    BOOST_TEST(!lacks(section, true));
    BOOST_TEST(compose({sum(section), sum(section)}).value() == 24u);
    BOOST_TEST(read_file(folder / "made", 100) == "one two one one two one ");
    BOOST_TEST(compose({}).value() == 0u);
}

BOOST_FIXTURE_TEST_CASE(tells_how_much_it_keeps, store_fixture)
{
    BOOST_TEST(run(store.size()) == 0U);
    add({"a piece", "another", "a piece"});
    BOOST_TEST(run(store.size()) == 14U);
    BOOST_TEST(run(piece_store(folder / "pieces", 1 << 20).size()) == 14U);
}

BOOST_FIXTURE_TEST_CASE(gives_up_a_piece_that_is_damaged, store_fixture)
{
    auto const section = section_of({"one"});
    add({"one", section});
    write_file(file_of("one"), "two");
    BOOST_TEST(!compose({sum(section)}).has_value());
    BOOST_TEST(lacks("one"));
    add({"one"});
    BOOST_TEST(compose({sum(section)}).value() == 3u);
    write_file(file_of(section), "short");
    BOOST_TEST(lacks(section, true));
}

BOOST_FIXTURE_TEST_CASE(refuses_what_is_no_batch_no_section_and_too_large, store_fixture)
{
    BOOST_CHECK_EXCEPTION(run(store.add("no batch")), error, [](error const& e) { return e.code() == errc::damaged; });
    add({"a piece"});
    BOOST_CHECK_THROW(compose({sum("a piece")}), error);
    auto const section = section_of({"a piece", "a piece"});
    add({section});
    BOOST_CHECK_EXCEPTION(compose({sum(section)}, 13), error, [](error const& e) { return e.code() == errc::invalid_argument; });
    BOOST_TEST(compose({sum(section)}, 14).value() == 14u);
}

BOOST_FIXTURE_TEST_CASE(drops_what_was_used_longest_ago_when_the_budget_is_passed, store_fixture)
{
    auto const piece = [](char c) { return std::string(longest_piece, c); };
    std::string names;
    for (char c = 'a'; c < 'a' + 16; ++c) {  // 1 MiB in all
        add({piece(c)});
        names += c;
        auto const age = std::chrono::hours(100 - (c - 'a'));
        std::filesystem::last_write_time(file_of(piece(c)), std::filesystem::file_time_type::clock::now() - age);
    }
    BOOST_TEST(!lacks(piece('a')));  // which uses it
    add({"one more"});
    BOOST_TEST(!lacks(piece('a')));
    BOOST_TEST(lacks(piece('b')));
    BOOST_TEST(lacks(piece('c')));
    BOOST_TEST(!lacks(piece('p')));
    BOOST_TEST(!lacks("one more"));
}
BOOST_AUTO_TEST_SUITE_END()
