#include <acrx/io/archive_reader.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <support/scratch_folder.hpp>
#include <support/tar_writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(io_archive_reader)
namespace {
/// Gives a text in pieces of odd sizes, so that blocks are cut anywhere.
byte_source pieces_of(std::string text, std::size_t size = 700)
{
    auto const whole = std::make_shared<std::string>(std::move(text));
    auto const at = std::make_shared<std::size_t>(0);
    return [=]() -> std::span<std::byte const> {
        auto const left = std::min(size, whole->size() - *at);
        auto const piece = std::as_bytes(std::span(*whole)).subspan(*at, left);
        *at += left;
        return piece;
    };
}
archive_reader reader_of(std::string text, archive_limits limits = {})
{
    return archive_reader(pieces_of(std::move(text)), "test.tar", limits);
}
bool is_damaged(error const& e)
{
    return e.code() == errc::damaged;
}
}  // namespace

BOOST_AUTO_TEST_CASE(gives_entries_with_their_content)
{
    auto reader = reader_of(testing::tar_writer().folder("etc/").file("etc/x", std::string(5000, 'y')).symlink("l", "etc").finish());
    auto const* entry = reader.next();
    BOOST_REQUIRE(entry);
    BOOST_TEST(entry->path == "etc/");
    BOOST_TEST((entry->type == archive_type::directory));
    entry = reader.next();
    BOOST_TEST(entry->path == "etc/x");
    BOOST_TEST(entry->size == 5000U);
    BOOST_TEST(reader.read_content(10'000) == std::string(5000, 'y'));
    BOOST_TEST(!reader.content().has_value());
    entry = reader.next();
    BOOST_TEST(entry->link == "etc");
    BOOST_TEST(!reader.next());
    BOOST_TEST(!reader.next());
}

BOOST_AUTO_TEST_CASE(skips_content_that_is_not_read)
{
    auto reader = reader_of(testing::tar_writer().file("a", std::string(100'000, 'a')).file("b", "b").finish());
    reader.next();
    reader.content();
    BOOST_TEST(reader.next()->path == "b");
}

BOOST_AUTO_TEST_CASE(counts_what_follows_the_end_marker)
{
    auto const text = testing::tar_writer().file("a").finish() + std::string(3000, 'z');
    auto reader = reader_of(text);
    BOOST_TEST(reader.drain() == text.size());
}

BOOST_AUTO_TEST_CASE(takes_pax_records_over_header_fields)
{
    testing::tar_writer tar;
    tar.add({.name = "short", .pax = {{"path", std::string(300, 'p')},
                                      {"uid", "3000000"},
                                      {"mtime", "1.000000005"},
                                      {"SCHILY.xattr.user.a", std::string("1\0\n2", 4)},
                                      {"LIBARCHIVE.xattr.user.b%2F", "aGVsbG8"}}});
    tar.file("next");
    auto reader = reader_of(tar.finish());
    auto const* entry = reader.next();
    BOOST_TEST(entry->path == std::string(300, 'p'));
    BOOST_TEST(entry->uid == 3'000'000U);
    BOOST_TEST(entry->mtime.time_since_epoch().count() == 1'000'000'005);
    BOOST_TEST(entry->xattrs.at("user.a") == std::string("1\0\n2", 4));
    BOOST_TEST(entry->xattrs.at("user.b/") == "hello");
    entry = reader.next();
    BOOST_TEST(entry->path == "next");
    BOOST_TEST(entry->uid == 0U);
}

BOOST_AUTO_TEST_CASE(takes_gnu_long_names_and_skips_global_headers)
{
    testing::tar_writer tar;
    tar.add({.name = "global", .type = 'g', .content = testing::tar_writer::record("path", "no")});
    tar.add({.name = "././@LongLink", .type = 'L', .content = std::string(200, 'n') + '\0'});
    tar.add({.name = "././@LongLink", .type = 'K', .content = std::string(201, 'k') + '\0'});
    tar.symlink("x", "y");
    auto reader = reader_of(tar.finish());
    auto const* entry = reader.next();
    BOOST_TEST(entry->path == std::string(200, 'n'));
    BOOST_TEST(entry->link == std::string(201, 'k'));
}

BOOST_AUTO_TEST_CASE(reads_base_256_numbers)
{
    auto block = testing::tar_writer::header({.name = "big", .uid = 0}, 0);
    block.replace(108, 8, std::string("\x80\0\0\0\x7f\xff\xff\xff", 8));
    block.replace(136, 12, std::string(12, '\xff'));  // -1
    auto reader = reader_of(testing::tar_writer::sign(block) + std::string(1024, '\0'));
    auto const* entry = reader.next();
    BOOST_TEST(entry->uid == 0x7fffffffU);
    BOOST_TEST(entry->mtime.time_since_epoch().count() == -1'000'000'000);
}

BOOST_AUTO_TEST_CASE(expands_sparse_files_of_every_dialect)
{
    testing::scratch_folder scratch;
    auto const make = "cd " + scratch.path().string()
                      + " && truncate -s 1M f && printf head | dd of=f conv=notrunc status=none"
                        " && for i in 1 2 3 4 5 6 7 8; do printf mid$i | dd of=f bs=1 seek=$((i*100000)) conv=notrunc"
                        " status=none; done";
    BOOST_REQUIRE(std::system(make.c_str()) == 0);
    auto const wanted = read_file(scratch / "f", 2'000'000);
    for (std::string const dialect : {"--format=gnu", "--format=pax --sparse-version=0.0",
                                      "--format=pax --sparse-version=0.1", "--format=pax --sparse-version=1.0"}) {
        auto const pack = "cd " + scratch.path().string() + " && tar --sparse " + dialect + " -cf f.tar f";
        BOOST_REQUIRE(std::system(pack.c_str()) == 0);
        auto const packed = read_file(scratch / "f.tar", 2'000'000);
        BOOST_TEST(packed.size() < 500'000U);
        auto reader = reader_of(packed);
        auto const* entry = reader.next();
        BOOST_TEST_CONTEXT(dialect)
        {
            BOOST_TEST(entry->path == "f");
            BOOST_TEST((reader.read_content(2'000'000) == wanted));
            BOOST_TEST(!reader.next());
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_damaged)
{
    auto const whole = testing::tar_writer().file("a", std::string(2000, 'a')).finish();
    auto changed = whole;
    changed[3] = 'x';
    std::vector<std::string> const texts = {
        changed,
        whole.substr(0, 300),
        whole.substr(0, 1500),
        std::string(512, '\0') + whole,
        "just a text\n",
        testing::tar_writer().add({.name = "x", .type = 'x', .content = "99 path=a\n"}).finish(),
        testing::tar_writer().add({.name = "x", .type = 'x', .content = testing::tar_writer::record("path", "a")}).finish(),
        testing::tar_writer().add({.name = "x", .type = '?'}).finish(),
        testing::tar_writer().add({.name = "x", .pax = {{"size", "-1"}}}).finish(),
        testing::tar_writer().add({.name = "x", .pax = {{"path", std::string("a\0b", 3)}}}).finish(),
        testing::tar_writer().add({.name = "x", .pax = {{"GNU.sparse.size", "100"}, {"GNU.sparse.map", "0,200"}}}).finish(),
    };
    for (auto const& text : texts) {
        auto reader = reader_of(text);
        BOOST_CHECK_EXCEPTION(reader.drain(), error, is_damaged);
    }
}

BOOST_AUTO_TEST_CASE(keeps_limits)
{
    auto const text = testing::tar_writer().file("aaaa", "12345").file("b", "12345").finish();
    BOOST_CHECK_NO_THROW(reader_of(text, {.entries = 2, .content_bytes = 10, .path_length = 4}).drain());
    BOOST_CHECK_EXCEPTION(reader_of(text, {.entries = 1}).drain(), error, is_damaged);
    BOOST_CHECK_EXCEPTION(reader_of(text, {.content_bytes = 9}).drain(), error, is_damaged);
    BOOST_CHECK_EXCEPTION(reader_of(text, {.path_length = 3}).drain(), error, is_damaged);
    auto const huge = testing::tar_writer().add({.name = "p", .pax = {{"comment", std::string(5000, 'c')}}}).finish();
    BOOST_CHECK_EXCEPTION(reader_of(huge, {.header_bytes = 4000}).drain(), error, is_damaged);
}

BOOST_AUTO_TEST_CASE(accepts_an_archive_without_an_end_marker)
{
    auto reader = reader_of(testing::tar_writer().file("a", "b").unfinished());
    BOOST_TEST(reader.next());
    BOOST_TEST(!reader.next());
    BOOST_TEST(!reader_of("").next());
}

BOOST_AUTO_TEST_CASE(tells_a_header_by_its_check_sum)
{
    auto const block = testing::tar_writer::header({.name = "a"}, 0);
    BOOST_TEST(archive_reader::is_header(std::as_bytes(std::span(block))));
    std::string const text(512, 'a');
    BOOST_TEST(!archive_reader::is_header(std::as_bytes(std::span(text))));
    std::string const zeros(512, '\0');
    BOOST_TEST(!archive_reader::is_header(std::as_bytes(std::span(zeros))));
}
BOOST_AUTO_TEST_SUITE_END()
