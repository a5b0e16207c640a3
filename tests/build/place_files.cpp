#include <acrx/build/place_files.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ostream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_place_files)

layer_entry entry_of(std::string path, entry_type type, unsigned mode, std::string link = {}, unsigned uid = 0)
{
    layer_entry entry;
    entry.path = std::move(path);
    entry.type = type;
    entry.mode = mode;
    entry.link = std::move(link);
    entry.uid = uid;
    return entry;
}

layer_entry folder(std::string path, unsigned mode = 0755, unsigned uid = 0)
{
    return entry_of(std::move(path), entry_type::directory, mode, {}, uid);
}
layer_entry file(std::string path, unsigned mode = 0644)
{
    return entry_of(std::move(path), entry_type::regular, mode);
}
layer_entry link(std::string path, std::string to)
{
    return entry_of(std::move(path), entry_type::symbolic_link, 0777, std::move(to));
}

root_view root_with(std::vector<layer_entry> entries, std::map<std::string, std::string> kept = {})
{
    for (auto const& [path, content] : kept)
        entries.push_back(file(path));
    return root_view({std::make_shared<layer_index const>(std::move(entries), std::move(kept))});
}

placed_source one(layer_entry top, std::vector<layer_entry> below = {}, bool archive = false)
{
    placed_source source;
    source.files.name = top.path.substr(top.path.rfind('/') + 1);
    source.files.top.item.entry = std::move(top);
    for (auto& entry : below) {
        source.files.below.emplace_back();
        source.files.below.back().item.entry = std::move(entry);
    }
    source.is_archive = archive;
    return source;
}

/// `path mode owner[ -> link]` of each item; folders end in a slash.
std::vector<std::string> laid_out(root_view const& root, std::vector<placed_source> sources, placement const& where)
{
    std::vector<std::string> lines;
    for (auto const& item : place_files(root, std::move(sources), where)) {
        auto const& e = item.entry;
        char mode[8];
        std::snprintf(mode, sizeof mode, "%04o", e.mode);
        lines.push_back(e.path + (e.type == entry_type::directory ? "/ " : " ") + mode + " " + std::to_string(e.uid)
                        + ":" + std::to_string(e.gid) + (e.link.empty() ? "" : " -> " + e.link));
    }
    return lines;
}

void check(std::vector<std::string> const& lines, std::vector<std::string> const& expected)
{
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

placement to(std::string destination, std::string chown = {}, std::string chmod = {})
{
    return {.destination = std::move(destination), .chown = std::move(chown), .chmod = std::move(chmod),
            .new_folder_time = {}};
}

BOOST_AUTO_TEST_CASE(puts_a_file_under_the_name_of_the_destination)
{
    check(laid_out({}, {one(file("a"))}, to("/b")), {"b 0644 0:0"});
    check(laid_out({}, {one(file("d/a"))}, to("/x/y/")), {"x/ 0755 0:0", "x/y/ 0755 0:0", "x/y/a 0644 0:0"});
    check(laid_out(root_with({folder("b")}), {one(file("a"))}, to("/b")), {"b/ 0755 0:0", "b/a 0644 0:0"});
}

BOOST_AUTO_TEST_CASE(copies_what_is_in_a_folder_not_the_folder)
{
    check(laid_out({}, {one(folder("src", 0700), {folder("sub", 0711), file("sub/f", 0600)})}, to("/dst")),
          {"dst/ 0755 0:0", "dst/sub/ 0711 0:0", "dst/sub/f 0600 0:0"});
}

BOOST_AUTO_TEST_CASE(leaves_an_existing_destination_as_it_is_and_updates_what_is_below)
{
    auto const root = root_with({folder("tmp", 01777, 5), folder("tmp/sub", 0700)});
    check(laid_out(root, {one(folder("src", 0700), {folder("sub", 0755), file("sub/f")})}, to("/tmp", "7:8")),
          {"tmp/ 1777 5:0", "tmp/sub/ 0755 7:8", "tmp/sub/f 0644 7:8"});
}

BOOST_AUTO_TEST_CASE(follows_links_of_the_destination_inside_the_root)
{
    auto const root = root_with({folder("real"), link("way", "/real"), link("up", "../../real"), file("real/old"),
                                 link("real/name", "old")});
    check(laid_out(root, {one(file("f"))}, to("/way/")), {"real/ 0755 0:0", "real/f 0644 0:0"});
    check(laid_out(root, {one(file("f"))}, to("/up/x")), {"real/ 0755 0:0", "real/x 0644 0:0"});
    check(laid_out(root, {one(file("f"))}, to("/real/name")), {"real/ 0755 0:0", "real/old 0644 0:0"});
}

BOOST_AUTO_TEST_CASE(copies_several_sources_one_after_the_other)
{
    check(laid_out({}, {one(file("a", 0600)), one(file("b", 0640))}, to("/dest")), {"dest 0640 0:0"});
    check(laid_out({}, {one(folder("dir"), {file("x")}), one(file("a"))}, to("/dest")),
          {"dest/ 0755 0:0", "dest/a 0644 0:0", "dest/x 0644 0:0"});
    BOOST_CHECK_THROW(laid_out({}, {one(file("a")), one(folder("dir"), {file("x")})}, to("/dest")), error);
}

BOOST_AUTO_TEST_CASE(refuses_files_where_folders_are_and_the_other_way_round)
{
    auto const text = [](root_view const& root, placed_source source, placement const& where) -> std::string {
        try {
            laid_out(root, {std::move(source)}, where);
        } catch (error const& e) {
            return e.text();
        }
        return "no error";
    };
    auto const root = root_with({folder("d"), folder("d/x"), file("f")});
    BOOST_TEST(text(root, one(folder("s"), {file("x")}), to("/d")) == "cannot replace to directory /d/x with file");
    BOOST_TEST(text(root, one(folder("s"), {link("x", "y")}), to("/d")) == "cannot replace to directory /d/x with file");
    BOOST_TEST(text(root, one(folder("s"), {file("x")}), to("/f")) == "cannot copy to non-directory: /f");
    BOOST_TEST(text(root, one(file("s")), to("/f/g")) == "cannot copy to non-directory: /f");
    BOOST_TEST(text(root, one(folder("s"), {folder("f")}), to("/")) == "cannot copy to non-directory: /f");
}

BOOST_AUTO_TEST_CASE(applies_owners_and_modes)
{
    auto const root = root_with({}, {{"etc/passwd", "app:x:1000:1001::/home/app:/bin/sh\n"}, {"etc/group", "web:x:33:\n"}});
    check(laid_out(root, {one(file("a"))}, to("/x/a", "app")), {"x/ 0755 1000:1001", "x/a 0644 1000:1001"});
    check(laid_out(root, {one(file("a"))}, to("/a", "app:web", "u+x")), {"a 0744 1000:33"});
    check(laid_out(root, {one(file("a"))}, to("/a", "5")), {"a 0644 5:5"});
    check(laid_out(root, {one(file("a"))}, to("/a", "nobody-here")), {"a 0644 0:0"});
    check(laid_out(root, {one(folder("s"), {link("l", "t"), folder("d", 0700), file("f")})}, to("/x/", {}, "640")),
          {"x/ 0640 0:0", "x/d/ 0640 0:0", "x/f 0640 0:0", "x/l 0777 0:0 -> t"});
    check(laid_out(root, {one(folder("s"), {file("f")})}, to("/x/", {}, "g+w")), {"x/ 0755 0:0", "x/f 0664 0:0"});
}

BOOST_AUTO_TEST_CASE(cannot_look_up_names_in_an_empty_root)
{
    BOOST_CHECK_EXCEPTION(laid_out({}, {one(file("a"))}, to("/a", "app")), error,
                          [](error const& e) { return e.text().find("invalid user index: -1") != std::string::npos; });
    check(laid_out({}, {one(file("a"))}, to("/a", "root:root")), {"a 0644 0:0"});
}

BOOST_AUTO_TEST_CASE(keeps_the_names_of_one_file_together)
{
    auto source = one(folder("s"), {file("b"), file("a")});
    source.files.below[0].link_group = source.files.below[1].link_group = "1:2";
    auto const items = place_files({}, {std::move(source)}, to("/d"));
    BOOST_REQUIRE_EQUAL(items.size(), 3U);
    BOOST_CHECK(items[1].entry.path == "d/a" && items[1].entry.type == entry_type::regular);
    BOOST_CHECK(items[2].entry.type == entry_type::hard_link && items[2].entry.link == "d/a");
}

BOOST_AUTO_TEST_CASE(lays_archives_over_the_destination_as_tar_would)
{
    auto const root = root_with({folder("usr"), folder("usr/lib"), link("lib", "usr/lib"), folder("etc"), folder("etc/x")});
    check(laid_out(root, {one(file("a.tar"), {folder("lib", 0700), file("lib/so")}, true)}, to("/")),
          {"lib/ 0700 0:0", "lib/so 0644 0:0"});
    check(laid_out(root, {one(file("a.tar"), {file("lib/so")}, true)}, to("/")),
          {"usr/ 0755 0:0", "usr/lib/ 0755 0:0", "usr/lib/so 0644 0:0"});
    check(laid_out(root, {one(file("a.tar"), {file("etc/x")}, true)}, to("/")), {"etc/ 0755 0:0", "etc/x 0644 0:0"});
    check(laid_out(root, {one(file("a.tar"), {link("etc/x", "/"), file("f")}, true)}, to("/new")),
          {"new/ 0755 0:0", "new/etc/ 0755 0:0", "new/etc/x 0777 0:0 -> /", "new/f 0644 0:0"});
}

BOOST_AUTO_TEST_CASE(makes_working_folders)
{
    auto const root = root_with({folder("srv", 0700)}, {{"etc/passwd", "app:x:7:8::/:\n"}});
    auto const items = place_folder(root, "/srv/a/b", "app", {});
    BOOST_REQUIRE_EQUAL(items.size(), 3U);
    BOOST_TEST(items[0].entry.mode == 0700U);
    BOOST_TEST(items[1].entry.uid == 7U);
    BOOST_TEST(items[2].entry.gid == 8U);
    BOOST_TEST(place_folder(root, "/srv", "app", {}).empty());
    BOOST_TEST(place_folder({}, "/w", "unknown", {}).at(0).entry.uid == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
