#include <acrx/io/decompressor.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(io_decompressor)
namespace {
std::string mixed_text()
{
    std::string text;
    unsigned state = 1;
    for (int i = 0; i < 700'000; ++i) {
        state = state * 1664525U + 1013904223U;
        text += static_cast<char>(i % 3 == 0 ? state >> 24U : 'a');
    }
    return text;
}
std::string expand(std::string const& packed, formats known = formats::of_layers, std::size_t piece = 1000)
{
    std::size_t at = 0;
    auto source = [&]() -> std::span<std::byte const> {
        auto const size = std::min(piece, packed.size() - at);
        auto const bytes = std::as_bytes(std::span(packed)).subspan(at, size);
        at += size;
        return bytes;
    };
    decompressor in(source, "test", known);
    std::string plain;
    std::string buffer(7777, '\0');
    while (auto const size = in.read(std::as_writable_bytes(std::span(buffer))))
        plain.append(buffer, 0, size);
    BOOST_TEST(in.consumed() == packed.size());
    return plain;
}
std::string pack(testing::scratch_folder const& scratch, std::string const& command, std::string const& text)
{
    scratch.write("plain", text);
    auto const line = "cd " + scratch.path().string() + " && " + command + " < plain > packed";
    BOOST_REQUIRE(std::system(line.c_str()) == 0);
    return read_file(scratch / "packed", 10'000'000);
}
bool is_damaged(error const& e)
{
    return e.code() == errc::damaged;
}
}  // namespace

BOOST_AUTO_TEST_CASE(expands_gzip_and_passes_plain_bytes)
{
    testing::scratch_folder scratch;
    auto const text = mixed_text();
    auto const packed = pack(scratch, "gzip -6", text);
    for (std::size_t piece : {1U, 3U, 1000U, 1'000'000U})
        BOOST_TEST((expand(packed, formats::of_layers, piece) == text));
    BOOST_TEST((expand(text) == text));
    BOOST_TEST(expand("").empty());
    BOOST_TEST(expand("x") == "x");
}

BOOST_AUTO_TEST_CASE(joins_gzip_members)
{
    testing::scratch_folder scratch;
    std::string packed;
    std::string text;
    for (int i = 0; i < 50; ++i) {
        std::string const part(static_cast<std::size_t>(i * 100), static_cast<char>('a' + i % 26));
        packed += pack(scratch, i % 2 == 0 ? "gzip -1" : "gzip -9", part);
        text += part;
    }
    for (std::size_t piece : {1U, 7U, 1000U, 1'000'000U})
        BOOST_TEST((expand(packed, formats::of_layers, piece) == text));
}

BOOST_AUTO_TEST_CASE(joins_zstd_frames_and_skips_skippable_ones)
{
    testing::scratch_folder scratch;
    auto const one = pack(scratch, "zstd -q -c -3 --check", "one");
    auto const two = pack(scratch, "zstd -q -c -19", mixed_text());
    std::string const skippable = std::string("\x55\x2a\x4d\x18\x03\0\0\0abc", 11);
    for (std::size_t piece : {1U, 1000U, 10'000'000U})
        BOOST_TEST((expand(skippable + one + skippable + two, formats::of_layers, piece) == "one" + mixed_text()));
}

BOOST_AUTO_TEST_CASE(expands_bzip2_and_xz_for_archives_only)
{
    testing::scratch_folder scratch;
    for (std::string const command : {"bzip2 -c", "xz -c"}) {
        auto const packed = pack(scratch, command, mixed_text());
        BOOST_TEST((expand(packed, formats::of_archives) == mixed_text()));
        BOOST_TEST((expand(packed) == packed));
        auto const cut = packed.substr(0, packed.size() / 2);
        BOOST_CHECK_EXCEPTION(expand(cut, formats::of_archives), error, is_damaged);
    }
}

BOOST_AUTO_TEST_CASE(accepts_zeros_behind_the_data_and_nothing_else)
{
    testing::scratch_folder scratch;
    for (std::string const command : {"gzip -c", "zstd -q -c"}) {
        auto const packed = pack(scratch, command, "text");
        BOOST_TEST(expand(packed + std::string(2000, '\0')) == "text");
        BOOST_CHECK_EXCEPTION(expand(packed + "garbage"), error, is_damaged);
        BOOST_CHECK_EXCEPTION(expand(packed + std::string(100, '\0') + "garbage"), error, is_damaged);
    }
}

BOOST_AUTO_TEST_CASE(refuses_cut_and_changed_data)
{
    testing::scratch_folder scratch;
    for (std::string const command : {"gzip -c", "zstd -q -c --check"}) {
        auto const packed = pack(scratch, command, mixed_text());
        for (auto const cut : {packed.size() - 1, packed.size() - 6, packed.size() / 2, std::size_t(12)})
            BOOST_CHECK_EXCEPTION(expand(packed.substr(0, cut)), error, is_damaged);
        for (auto const at : {packed.size() - 2, packed.size() - 7, packed.size() / 2}) {
            auto changed = packed;
            changed[at] = static_cast<char>(changed[at] ^ 0x55);
            BOOST_CHECK_EXCEPTION(expand(changed), error, is_damaged);
        }
    }
}
BOOST_AUTO_TEST_SUITE_END()
