#include <acrx/io/tar_header.hpp>  // first: proves that the header stands alone

#include <acrx/io/archive_reader.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(io_tar_header)

std::string header_of(detail::tar_member const& member)
{
    std::string header;
    detail::append_tar_header(member, header);
    BOOST_TEST(header.size() == detail::tar_header_size(member));
    return header;
}

BOOST_AUTO_TEST_CASE(a_plain_member_is_one_sound_ustar_block)
{
    auto const block = header_of({.name = "folder/file", .mode = 0755, .uid = 7, .size = 3});
    detail::tar_header const header(std::as_bytes(std::span(block)));
    BOOST_TEST(block.size() == detail::tar_block);
    BOOST_TEST(header.is_sound());
    BOOST_TEST(header.is_posix());
    BOOST_TEST(header.name() == "folder/file");
    BOOST_TEST(*header.number(100, 8) == 0755);
    BOOST_TEST(*header.number(108, 8) == 7);
    BOOST_TEST(*header.number(124, 12) == 3);
}

BOOST_AUTO_TEST_CASE(what_ustar_cannot_say_is_said_by_pax)
{
    std::string const name(300, 'n');
    std::vector<std::pair<std::string, std::string>> const xattrs{{"user.k", "v"}};
    auto const blocks = header_of({.name = name, .uid = 1U << 30U, .mtime = time_point(std::chrono::nanoseconds(1)), .xattrs = xattrs});
    BOOST_TEST(blocks[156] == 'x');
    auto const size = *detail::tar_header(std::as_bytes(std::span(blocks))).number(124, 12);
    auto const records = detail::parse_pax(std::string_view(blocks).substr(512, static_cast<std::size_t>(size)));
    BOOST_REQUIRE(records.has_value());
    auto const value = [&](std::string_view key) {
        auto const found = std::find_if(records->begin(), records->end(), [&](auto const& r) { return r.first == key; });
        return found == records->end() ? std::string("missing") : found->second;
    };
    BOOST_TEST(value("path") == name);
    BOOST_TEST(value("uid") == "1073741824");
    BOOST_TEST(value("mtime") == "0.000000001");
    BOOST_TEST(value("SCHILY.xattr.user.k") == "v");
}

BOOST_AUTO_TEST_CASE(says_what_another_system_keeps)
{
    std::array<std::pair<std::string_view, std::string_view>, 1> const records{{{"A.key", "value"}}};
    auto const blocks = header_of({.name = "f", .mode = 0100644, .created = time_point(std::chrono::milliseconds(1500)), .records = records});
    auto const size = *detail::tar_header(std::as_bytes(std::span(blocks))).number(124, 12);
    BOOST_TEST(blocks.substr(512, static_cast<std::size_t>(size)) == "31 LIBARCHIVE.creationtime=1.5\n15 A.key=value\n");
    BOOST_TEST(blocks.substr(1024 + 100, 7) == "0100644");
}

BOOST_AUTO_TEST_CASE(a_long_path_is_split_at_a_slash)
{
    auto const name = std::string(120, 'a') + "/" + std::string(90, 'b');
    auto const block = header_of({.name = name});
    BOOST_TEST(block.size() == detail::tar_block);
    BOOST_TEST(detail::tar_header(std::as_bytes(std::span(block))).name() == name);
}
BOOST_AUTO_TEST_SUITE_END()
