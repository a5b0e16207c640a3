#include <acrx/remote/piece_list.hpp>

#include <acrx/core/error.hpp>
#include <acrx/remote/piece_source.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(remote_piece_list)
namespace {
std::span<std::byte const> bytes(std::string const& text)
{
    return std::as_bytes(std::span(text));
}

std::vector<sha256_bytes> many_digests(int count)
{
    std::vector<sha256_bytes> digests;
    for (int i = 0; i < count; ++i) {
        auto const text = std::to_string(i);
        digests.push_back(sum_of(bytes(text)));
    }
    return digests;
}

std::vector<std::string> read(std::string const& batch)
{
    std::vector<std::string> pieces;
    read_batch(batch, [&](std::span<std::byte const> piece) {
        pieces.emplace_back(reinterpret_cast<char const*>(piece.data()), piece.size());
    });
    return pieces;
}

bool is_damaged(error const& e)
{
    return e.code() == errc::damaged;
}
}  // namespace

BOOST_AUTO_TEST_CASE(digests_travel_as_their_bytes)
{
    auto const digests = many_digests(3);
    auto const text = join_digests(digests);
    BOOST_TEST(text.size() == 96u);
    BOOST_TEST((split_digests(text) == digests));
    BOOST_TEST(split_digests("").empty());
    BOOST_CHECK_EXCEPTION(split_digests(text.substr(1)), error, is_damaged);
}

BOOST_AUTO_TEST_CASE(sections_are_the_list_again_and_an_edit_changes_few)
{
    auto digests = many_digests(5000);
    auto const before = sections_of(digests);
    std::string whole;
    for (auto const& section : before) {
        whole += section;
        BOOST_TEST(section.size() <= longest_piece);
    }
    BOOST_TEST((whole == join_digests(digests)));
    BOOST_TEST(before.size() > 20u);
    BOOST_TEST(before.size() < 300u);
    digests.erase(digests.begin() + 2500);
    auto const after = sections_of(digests);
    auto const fresh = std::count_if(after.begin(), after.end(), [&](auto const& section) {
        return std::find(before.begin(), before.end(), section) == before.end();
    });
    BOOST_TEST(fresh >= 1);
    BOOST_TEST(fresh <= 2);
    BOOST_TEST(sections_of({}).empty());
}

BOOST_AUTO_TEST_CASE(a_batch_gives_its_pieces_back)
{
    piece_batch batch;
    std::vector<std::string> const pieces{"one", std::string(longest_piece, 'x'), "three"};
    for (auto const& piece : pieces)
        batch.add(bytes(piece));
    auto const sent = batch.take();
    BOOST_TEST(batch.empty());
    BOOST_TEST(sent.size() < 1000u);
    BOOST_TEST((read(sent) == pieces));
    BOOST_TEST(batch.has_room(longest_piece));
}

BOOST_AUTO_TEST_CASE(what_is_no_batch_is_refused)
{
    BOOST_CHECK_EXCEPTION(read("no batch"), error, is_damaged);
    BOOST_CHECK_EXCEPTION(read(""), error, is_damaged);
    piece_batch batch;
    batch.add(bytes("a piece of text"));
    auto const sent = batch.take();
    BOOST_CHECK_EXCEPTION(read(sent.substr(0, sent.size() - 1)), error, is_damaged);
    batch.add(bytes(std::string(longest_piece + 1, 'x')));
    auto const long_one = batch.take();
    BOOST_CHECK_EXCEPTION(read(long_one), error, is_damaged);
    batch.add({});
    auto const empty_one = batch.take();
    BOOST_CHECK_EXCEPTION(read(empty_one), error, is_damaged);
}
BOOST_AUTO_TEST_SUITE_END()
