#include <acrx/build/root_export.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <iterator>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(build_root_export)

time_point const noon{std::chrono::seconds(1'700'000'000)};

layer_item item_at(std::string path, entry_type type, std::string link = {})
{
    layer_item item;
    item.entry.path = std::move(path);
    item.entry.type = type;
    item.entry.link = std::move(link);
    item.entry.mode = type == entry_type::directory ? 0755 : 0640;
    item.entry.uid = ::geteuid() == 0 ? 1000 : ::geteuid();
    item.entry.gid = ::geteuid() == 0 ? 1001 : ::getegid();
    item.entry.mtime = noon;
    return item;
}

layer_item file_at(std::string path, std::string bytes)
{
    auto item = item_at(std::move(path), entry_type::regular);
    item.entry.size = bytes.size();
    item.bytes = std::move(bytes);
    return item;
}

std::string text_of(std::filesystem::path const& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct stat status_of(std::filesystem::path const& file)
{
    struct stat status{};
    BOOST_REQUIRE(::lstat(file.c_str(), &status) == 0);
    return status;
}

struct with_items
{
    scratch_folder folder;
    std::filesystem::path out = folder / "out";
    std::vector<layer_item> items{item_at("d", entry_type::directory), file_at("d/f", "content"),
                                  item_at("d/h", entry_type::hard_link, "d/f"),
                                  item_at("d/l", entry_type::symbolic_link, "/etc"),
                                  item_at("locked", entry_type::directory), file_at("locked/x", "")};
    with_items() { items[4].entry.mode = 0555; }
};

BOOST_FIXTURE_TEST_CASE(writes_files_with_all_that_they_are, with_items)
{
    items[1].entry.mode = 04755;
    write_root_folder(items, out);
    BOOST_TEST(text_of(out / "d/f") == "content");
    auto const file = status_of(out / "d/f");
    BOOST_TEST((file.st_mode & 07777U) == 04755U);
    BOOST_TEST(file.st_mtim.tv_sec == 1'700'000'000);
    BOOST_TEST(file.st_uid == items[1].entry.uid);
    BOOST_TEST(file.st_gid == items[1].entry.gid);
    BOOST_TEST(file.st_nlink == 2U);
    BOOST_TEST(std::filesystem::read_symlink(out / "d/l") == "/etc");
    BOOST_TEST((status_of(out / "locked").st_mode & 07777U) == 0555U);
    BOOST_TEST(status_of(out / "d").st_mtim.tv_sec == 1'700'000'000);
    BOOST_TEST(must("ls -A " + folder.path().string()) == "out\n");
}
BOOST_FIXTURE_TEST_CASE(merges_into_a_folder_that_is_there_and_follows_no_link, with_items)
{
    folder.write("out/d/old", "old");
    folder.write("out/d/f/inside", "a folder where a file is to be");
    folder.write("elsewhere/x", "untouched");
    std::filesystem::create_symlink("../elsewhere", out / "locked");
    write_root_folder(items, out);
    BOOST_TEST(text_of(out / "d/old") == "old");
    BOOST_TEST(text_of(out / "d/f") == "content");
    BOOST_TEST(text_of(folder / "elsewhere/x") == "untouched");
    BOOST_TEST(std::filesystem::is_directory(std::filesystem::symlink_status(out / "locked")));
    BOOST_TEST(must("ls -A " + out.string()) == "d\nlocked\n");
}
BOOST_FIXTURE_TEST_CASE(leaves_nothing_when_it_fails, with_items)
{
    items.push_back(file_at("z", "x"));
    items.back().file = folder / "not-there";
    BOOST_CHECK_THROW(write_root_folder(items, out), error);
    BOOST_TEST(must("ls -A " + folder.path().string()) == "");
    folder.write("out/kept", "k");
    BOOST_CHECK_THROW(write_root_folder(items, out), error);
    BOOST_TEST(must("ls -A " + out.string()) == "kept\n");
    BOOST_CHECK_THROW(write_root_archive(items, folder / "o.tar", folder / "tmp"), error);
    BOOST_TEST(!std::filesystem::exists(folder / "o.tar"));
    std::stop_source stop;
    stop.request_stop();
    items.pop_back();
    BOOST_CHECK_THROW(write_root_folder(items, folder / "new", stop.get_token()), error);
    BOOST_TEST(!std::filesystem::exists(folder / "new"));
}
BOOST_FIXTURE_TEST_CASE(refuses_a_file_in_the_place_of_the_folder, with_items)
{
    folder.write("out", "a file");
    BOOST_CHECK_THROW(write_root_folder(items, out), error);
    BOOST_TEST(text_of(out) == "a file");
}
BOOST_FIXTURE_TEST_CASE(writes_the_same_archive_each_time, with_items)
{
    write_root_archive(items, folder / "a.tar", folder / "tmp");
    std::ofstream(folder / "b.tar") << "what was there before";
    write_root_archive(items, folder / "b.tar", folder / "tmp");
    BOOST_TEST(text_of(folder / "a.tar") == text_of(folder / "b.tar"));
    BOOST_TEST(must("tar tf " + (folder / "a.tar").string()) == "d/\nd/f\nd/h\nd/l\nlocked/\nlocked/x\n");
    BOOST_TEST(must("tar xOf " + (folder / "a.tar").string() + " d/f") == "content");
}
BOOST_AUTO_TEST_CASE(lists_the_root_that_layers_make)
{
    auto const entry = [](std::string path, entry_type type, std::string link = {}) {
        return item_at(std::move(path), type, std::move(link)).entry;
    };
    using index = std::vector<layer_entry>;
    auto const base = std::make_shared<layer_index const>(
        index{entry("a/one", entry_type::regular), entry("a/two", entry_type::hard_link, "a/one"), entry("gone", entry_type::regular)});
    auto const top = std::make_shared<layer_index const>(
        index{entry("gone", entry_type::whiteout), entry("b", entry_type::symbolic_link, "a")});
    stage_files const files(root_view({base, top}), {digest_of("1"), digest_of("2")},
                            [](digest const& id) { return std::filesystem::path("/layers") / id.encoded(); });
    auto const items = root_items(files, time_point{});
    std::string text;
    for (auto const& item : items) {
        BOOST_TEST((item.entry.mtime == time_point{}));
        text += item.entry.path + (item.entry.link.empty() ? "" : " > " + item.entry.link) + "\n";
    }
    BOOST_TEST(text == "a\na/one\na/two > a/one\nb > a\n");
    BOOST_TEST(items[0].entry.mode == 0755U);
    BOOST_TEST(items[1].file == "/layers/" + std::string(digest_of("1").encoded()) + "/a/one");
}

BOOST_AUTO_TEST_CASE(a_root_can_be_put_into_a_folder)
{
    auto const items = below_folder("p", {item_at("d", entry_type::directory), file_at("d/f", "x"),
                                          item_at("d/g", entry_type::hard_link, "d/f"), item_at("l", entry_type::symbolic_link, "d/f")});
    BOOST_REQUIRE(items.size() == 5U);
    BOOST_TEST(items[0].entry.path == "p");
    BOOST_TEST(items[2].entry.path == "p/d/f");
    BOOST_TEST(items[3].entry.link == "p/d/f");
    BOOST_TEST(items[4].entry.link == "d/f");
}

BOOST_AUTO_TEST_CASE(roots_merge_unless_two_have_one_file)
{
    auto const folder = item_at("d", entry_type::directory);
    auto const merged = merge_roots({{folder, file_at("d/b", "1")}, {folder, file_at("d/a", "2")}});
    BOOST_REQUIRE(merged.size() == 3U);
    BOOST_TEST(merged[0].entry.path == "d");
    BOOST_TEST(merged[1].entry.path == "d/a");
    BOOST_CHECK_THROW(merge_roots({{file_at("a", "1")}, {file_at("a", "1")}}), error);
    BOOST_CHECK_THROW(merge_roots({{file_at("a", "1")}, {item_at("a", entry_type::directory)}}), error);
}

BOOST_FIXTURE_TEST_CASE(what_else_is_in_a_folder_can_go_away, with_items)
{
    write_root_folder(items, out);
    std::filesystem::create_directories(out / "more/deep");
    std::ofstream(out / "more/deep/file") << "x";
    std::filesystem::create_directory_symlink("/etc", out / "away");
    write_root_folder(items, out);
    BOOST_TEST(std::filesystem::exists(out / "more/deep/file"));
    write_root_folder(items, out, {}, true);
    BOOST_TEST(!std::filesystem::exists(out / "more"));
    BOOST_TEST(!std::filesystem::is_symlink(out / "away"));
    BOOST_TEST(std::filesystem::exists("/etc/passwd"));
    BOOST_TEST(std::filesystem::exists(out / items.front().entry.path));
}

BOOST_AUTO_TEST_SUITE_END()
