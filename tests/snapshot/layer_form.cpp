#include <acrx/snapshot/layer_form.hpp>  // first: proves that the header stands alone

#include <acrx/snapshot/layer_scanner.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <boost/test/unit_test.hpp>
#include <support/foreign_reader.hpp>
#include <support/layer_items.hpp>

#include <array>
#include <chrono>
#include <memory>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(snapshot_layer_form)

layer_index index_of(std::vector<std::string> const& folders)
{
    std::vector<layer_entry> entries;
    for (auto const& path : folders)
        entries.push_back(item_of(path, entry_type::directory).entry);
    return layer_index(std::move(entries));
}

pack_options windows_options()
{
    auto options = options_of();
    options.form = layer_form::windows;
    options.folder_time = time_point(std::chrono::seconds(5));
    return options;
}

/// The value of a record in the pax header before the entry at `name`; empty if it has none.
std::string record_of(std::string const& archive, std::string const& name, std::string const& key)
{
    for (std::size_t at = archive.find("PaxHeaders.0/" + name + std::string(1, '\0')); at != std::string::npos;) {
        auto const end = archive.find(name + std::string(1, '\0'), at + 512);
        auto const found = archive.find(" " + key + "=", at);
        if (found == std::string::npos || found > end)
            return {};
        auto const begin = found + key.size() + 2;
        return archive.substr(begin, archive.find('\n', begin) - begin);
    }
    return {};
}

std::string mode_of(std::string const& archive, std::string const& name)
{
    auto at = archive.find(name + std::string(1, '\0'));
    while (at != std::string::npos && at % 512 != 0)
        at = archive.find(name + std::string(1, '\0'), at + 1);
    return at == std::string::npos ? std::string() : archive.substr(at + 100, 7);
}

std::vector<layer_item> some_items(layer_place const& at)
{
    auto file = at.file("app/main.exe", "MZ");
    auto const fraction = std::chrono::milliseconds(7);
    file.entry.mtime += fraction;
    auto link = item_of("app/link", entry_type::symbolic_link, "main.exe");
    link.entry.mode = 0777;
    auto gone = item_of("gone", entry_type::whiteout);
    gone.entry.mode = 0;
    return {item_of("app", entry_type::directory), link, file,
            item_of("app/second", entry_type::hard_link, "app/main.exe"), gone};
}

BOOST_AUTO_TEST_CASE(is_told_by_the_folders_at_the_top)
{
    BOOST_CHECK(form_of(index_of({"Files", "Hives"})) == layer_form::windows);
    BOOST_CHECK(form_of(index_of({"Files/Windows", "Hives", "UtilityVM"})) == layer_form::windows);
    BOOST_CHECK(form_of(index_of({"Files", "etc"})) == layer_form::plain);
    BOOST_CHECK(form_of(index_of({"a/Files", "a/Hives"})) == layer_form::plain);
    BOOST_CHECK(form_of(layer_index()) == layer_form::plain);
    BOOST_CHECK(form_of(layer_index({item_of("Files", entry_type::regular).entry,
                                     item_of("Hives", entry_type::directory).entry}))
                == layer_form::plain);
}

BOOST_AUTO_TEST_CASE(a_layer_for_windows_has_its_files_below_a_folder_of_its_own)
{
    layer_place const at;
    pack_layer(some_items(at), at.blob(), windows_options());
    auto const entries = entries_in(at.blob());
    std::vector<std::string> names;
    for (auto const& [name, entry] : entries)
        names.push_back(name);
    std::vector<std::string> const expected{"Files/",         "Hives/",         "Files/app/", "Files/app/link",
                                            "Files/app/main.exe", "Files/app/second", "Files/.wh.gone"};
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(entries[0].second.seconds == 5);
    BOOST_TEST(entries[3].second.link == "main.exe");
    BOOST_TEST(entries[5].second.link == "Files/app/main.exe");
}

BOOST_AUTO_TEST_CASE(tells_windows_what_each_file_is)
{
    layer_place const at;
    pack_layer(some_items(at), at.blob(), windows_options());
    auto const archive = archive_in(at.blob());
    BOOST_TEST(record_of(archive, "Files/", "MSWINDOWS.fileattr") == "16");
    BOOST_TEST(record_of(archive, "Files/app/", "MSWINDOWS.fileattr") == "16");
    BOOST_TEST(record_of(archive, "Files/app/main.exe", "MSWINDOWS.fileattr") == "32");
    BOOST_TEST(record_of(archive, "Files/app/main.exe", "LIBARCHIVE.creationtime") == "1700000000.007");
    // Self-relative, with an owner, a group and a list of three or seven rules.
    BOOST_TEST(record_of(archive, "Files/app/main.exe", "MSWINDOWS.rawsd").substr(0, 20) == "AQAEgBQAAAAkAAAAAAAA");
    BOOST_TEST(record_of(archive, "Files/app/main.exe", "MSWINDOWS.rawsd").size() == 168U);
    BOOST_TEST(record_of(archive, "Files/app/", "MSWINDOWS.rawsd").size() == 288U);
    BOOST_TEST(mode_of(archive, "Files/app/") == "0040755");
    BOOST_TEST(mode_of(archive, "Files/app/main.exe") == "0100644");
}

BOOST_AUTO_TEST_CASE(is_read_back_as_the_image_has_it)
{
    layer_place const at;
    auto const written = pack_layer(some_items(at), at.blob(), windows_options());
    auto const scanned = scan_layer(at.blob());
    BOOST_CHECK(scanned.diff_id == written.layer.diff_id);
    BOOST_TEST(scanned.index.to_bytes() == written.index.to_bytes());
    BOOST_REQUIRE(form_of(scanned.index) == layer_form::windows);
    auto const files = files_in(scanned.index, layer_form::windows);
    BOOST_TEST(files.find("Hives") == nullptr);
    BOOST_REQUIRE(files.find("app/second") != nullptr);
    BOOST_TEST(files.find("app/second")->link == "app/main.exe");
    BOOST_CHECK(files.find("gone")->type == entry_type::whiteout);
    root_view const view({std::make_shared<layer_index const>(files)});
    BOOST_TEST(view.resolve("app/link", true).path == "app/main.exe");
}

BOOST_AUTO_TEST_CASE(leaves_out_links_to_what_is_no_file_of_the_image)
{
    auto const files = files_in(layer_index({item_of("Files", entry_type::directory).entry,
                                             item_of("Files/a", entry_type::hard_link, "Hives/a").entry,
                                             item_of("FilesToo", entry_type::directory).entry}),
                                layer_form::windows);
    BOOST_REQUIRE_EQUAL(files.entries().size(), 1U);
    BOOST_TEST(files.entries().front().path == "");
}

BOOST_AUTO_TEST_CASE(the_root_of_the_items_is_the_folder_of_the_files)
{
    auto root = item_of("", entry_type::directory);
    root.entry.mode = 0700;
    std::array const items{root, item_of("", entry_type::opaque), item_of("a", entry_type::directory)};
    auto const written = written_in(layer_form::windows, items, {});
    std::vector<std::string> paths;
    for (auto const& item : written)
        paths.push_back(item.entry.path);
    BOOST_TEST(paths == (std::vector<std::string>{"Files", "Hives", "Files", "Files/a"}), boost::test_tools::per_element());
    BOOST_TEST(written[0].entry.mode == 0700U);
    BOOST_CHECK(written[2].entry.type == entry_type::opaque);
}

BOOST_AUTO_TEST_CASE(blocks_of_another_form_are_not_taken_over)
{
    layer_place const at;
    auto const items = many_items(at, true);
    auto const plain = pack_layer(items, at.folder / "plain", options_of());
    auto options = windows_options();
    auto const alone = pack_layer(items, at.blob(), options);
    options.previous = previous_layer{at.folder / "plain", plain.blocks};
    auto const beside = pack_layer(items, at.folder / "beside", options);
    BOOST_CHECK(alone.layer == beside.layer);
    options.previous = previous_layer{at.blob(), alone.blocks};
    BOOST_CHECK(alone.layer == pack_layer(items, at.folder / "again", options).layer);
}
BOOST_AUTO_TEST_SUITE_END()
