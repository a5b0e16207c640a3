#include <acrx/remote/piece_source.hpp>

#include <acrx/remote/piece_list.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(remote_piece_source)
namespace {
std::string noise(std::size_t size, unsigned seed)
{
    std::mt19937 random(seed);
    std::string text(size, '\0');
    for (auto& c : text)
        c = static_cast<char>(random());
    return text;
}

/// Gives a text in parts of `step` bytes.
byte_source source_of(std::string const& text, std::size_t step)
{
    return [&text, step, at = std::size_t{0}]() mutable {
        auto const size = std::min(step, text.size() - at);
        auto const part = std::as_bytes(std::span(text)).subspan(at, size);
        at += size;
        return part;
    };
}

std::vector<std::string> cut(std::string const& text, std::size_t step = 10'000)
{
    piece_source source(source_of(text, step));
    std::vector<std::string> pieces;
    for (auto piece = source.next(); !piece.empty(); piece = source.next())
        pieces.emplace_back(reinterpret_cast<char const*>(piece.data()), piece.size());
    return pieces;
}
}  // namespace

BOOST_AUTO_TEST_CASE(pieces_are_the_stream_again_and_keep_within_their_sizes)
{
    auto const text = noise(1'000'000, 1);
    auto const pieces = cut(text);
    std::string whole;
    for (auto const& piece : pieces) {
        whole += piece;
        BOOST_TEST(piece.size() <= longest_piece);
        if (&piece != &pieces.back())
            BOOST_TEST(piece.size() >= least_piece);
    }
    BOOST_TEST((whole == text));
    BOOST_TEST(pieces.size() > 1'000'000 / longest_piece);
}

BOOST_AUTO_TEST_CASE(the_parts_in_which_a_stream_comes_do_not_count)
{
    auto const text = noise(300'000, 2);
    auto const usual = cut(text);
    for (auto const step : {std::size_t{1}, std::size_t{4096}, std::size_t{1} << 20})
        BOOST_TEST((cut(text, step) == usual), step);
}

BOOST_AUTO_TEST_CASE(an_edit_changes_the_pieces_around_it)
{
    auto text = noise(1'000'000, 3);
    auto const before = cut(text);
    text.insert(500'000, "a few more bytes");
    auto const after = cut(text);
    std::set<std::string> const known(before.begin(), before.end());
    auto const fresh = std::count_if(after.begin(), after.end(), [&](auto const& piece) { return !known.contains(piece); });
    BOOST_TEST(fresh >= 1);
    BOOST_TEST(fresh <= 3);
}

BOOST_AUTO_TEST_CASE(bytes_without_a_pattern_end_at_the_longest_piece)
{
    std::string const zeros(3 * longest_piece + 5, '\0');
    auto const pieces = cut(zeros);
    BOOST_REQUIRE(!pieces.empty());
    for (auto const& piece : pieces)
        BOOST_TEST(piece.size() <= longest_piece);
    BOOST_TEST(cut("").empty());
    BOOST_TEST(cut("x").size() == 1u);
}
BOOST_AUTO_TEST_SUITE_END()
