#include <acrx/snapshot/extract_archive.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <support/scratch_folder.hpp>
#include <support/tar_writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>
using namespace acrx;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(snapshot_extract_archive)
namespace {
struct workshop : testing::scratch_folder
{
    std::vector<layer_item> extract(std::string const& bytes, archive_limits const& limits = {})
    {
        auto const into = path() / ("into" + std::to_string(++count));
        fs::create_directory(into);
        return extract_archive(write("a.tar", bytes), into, limits);
    }
    int count = 0;
};
std::string names_of(std::vector<layer_item> const& items)
{
    std::string names;
    for (auto const& item : items)
        names += (names.empty() ? "" : " ") + item.entry.path
                 + (item.entry.link.empty() ? "" : "=" + item.entry.link);
    return names;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(tells_archives_by_their_content, workshop)
{
    auto const tar = testing::tar_writer().file("f", "x").finish();
    BOOST_TEST(is_archive(write("plain", tar)));
    for (std::string const packer : {"gzip", "bzip2", "xz", "zstd -q"}) {
        write("t", tar);
        auto const line = "cd " + path().string() + " && " + packer + " -c < t > packed.zip";
        BOOST_REQUIRE(std::system(line.c_str()) == 0);
        BOOST_TEST(is_archive(path() / "packed.zip"), packer);
        BOOST_TEST(names_of(extract(read_file(path() / "packed.zip", 100'000))) == "f");
    }
    for (std::string const& text : {std::string(), std::string("text\n"), std::string(4096, 'a'), std::string(4096, '\0'),
                                    std::string("\x1f\x8b garbage"), std::string("PK\3\4") + std::string(600, 'z'),
                                    std::string("BZh9 no"), std::string("0 0 0\n") + std::string(600, '0')})
        BOOST_TEST(!is_archive(write("no", text)));
}

BOOST_FIXTURE_TEST_CASE(returns_entries_with_their_content, workshop)
{
    testing::tar_writer tar;
    tar.add({.name = "./b", .content = "bb", .mode = 0600, .uid = 4, .gid = 5}).folder("a/", 0700).file("a/f", "f");
    tar.symlink("a/l", "/etc/../x").hard_link("a/h", "b").add({.name = "dev", .type = '4', .major = 8, .minor = 1});
    auto const items = extract(tar.finish());
    BOOST_TEST(names_of(items) == "a a/f a/h a/l=/etc/../x b=a/h dev");
    BOOST_TEST(read_file(items[2].file, 9) == "bb");
    BOOST_TEST(items[2].entry.uid == 4U);
    BOOST_TEST(items[2].entry.mode == 0600U);
    BOOST_TEST(items[5].entry.device_major == 8U);
    BOOST_TEST(items[5].file.empty());
}

BOOST_FIXTURE_TEST_CASE(keeps_every_name_inside, workshop)
{
    auto const items = extract(testing::tar_writer().file("/abs", "1").file("../../up", "2").file("a/../../b").finish());
    BOOST_TEST(names_of(items) == "abs b up");
    BOOST_TEST(!fs::exists(path() / "up"));
    BOOST_CHECK_EXCEPTION(extract(testing::tar_writer().hard_link("x", "../../etc/passwd").finish()), error,
                          [](error const& e) { return e.code() == errc::outside_root; });
}

BOOST_FIXTURE_TEST_CASE(lets_the_later_entry_win, workshop)
{
    testing::tar_writer tar;
    tar.file("a", "old").hard_link("h", "a").file("a", "new").file("d/x").file("d", "file");
    auto const items = extract(tar.finish());
    BOOST_TEST(names_of(items) == "a d h");
    BOOST_TEST(read_file(items[0].file, 9) == "new");
    BOOST_TEST(read_file(items[2].file, 9) == "old");
}

BOOST_FIXTURE_TEST_CASE(refuses_bombs_and_damage, workshop)
{
    auto const is_damaged = [](error const& e) { return e.code() == errc::damaged; };
    auto const tar = testing::tar_writer().file("a", std::string(3000, 'a')).file("b").finish();
    BOOST_CHECK_EXCEPTION(extract(tar.substr(0, 2000)), error, is_damaged);
    BOOST_CHECK_EXCEPTION(extract(tar, {.entries = 1}), error, is_damaged);
    BOOST_CHECK_EXCEPTION(extract(tar, {.content_bytes = 2999}), error, is_damaged);
    BOOST_CHECK_EXCEPTION(extract(testing::tar_writer().file("f").file("f/x").finish()), error, is_damaged);
}
BOOST_AUTO_TEST_SUITE_END()
