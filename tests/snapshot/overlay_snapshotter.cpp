#include <acrx/snapshot/overlay_snapshotter.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/layer_scanner.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/path_order.hpp>
#include <support/scratch_folder.hpp>
#include <support/tar_writer.hpp>

#include <boost/test/unit_test.hpp>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>
using namespace acrx;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(snapshot_overlay_snapshotter)
namespace {
struct as_root
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result can(::geteuid() == 0);
        can.message() << "only root may make devices and mount";
        return can;
    }
};

struct stack : testing::scratch_folder
{
    overlay_snapshotter layers{path() / "s"};
    std::vector<digest> ids;
    std::vector<std::shared_ptr<layer_index const>> indexes;

    layer_index unpack(std::string const& tar)
    {
        auto const id = digest_of(tar);
        auto index = layers.unpack(write("blob", tar), id, ids);
        ids.push_back(id);
        indexes.push_back(std::make_shared<layer_index const>(index));
        return index;
    }
    fs::path top() const { return layers.folder(ids.back()); }
    struct stat status(std::string const& name) const
    {
        struct stat found{};
        BOOST_REQUIRE_MESSAGE(::lstat((top() / name).c_str(), &found) == 0, name + " is missing");
        return found;
    }
    /// Runs a script in the mounted root, in a mount namespace of its own.
    void change(root_filesystem const& root, std::string const& script)
    {
        std::string lower;
        for (auto const& layer : root.lower)
            lower += (lower.empty() ? "" : ":") + layer.string();
        auto const options = "lowerdir=" + lower + ",upperdir=" + root.upper.string() + ",workdir="
                             + root.work.string() + ",redirect_dir=off,metacopy=off,index=off";
        auto const at = path() / "mnt";
        fs::create_directories(at);
        auto const child = ::fork();
        if (child == 0) {
            bool const mounted = ::unshare(CLONE_NEWNS) == 0
                                 && ::mount("", "/", "", MS_REC | MS_PRIVATE, nullptr) == 0
                                 && ::mount("overlay", at.c_str(), "overlay", 0, options.c_str()) == 0
                                 && ::chdir(at.c_str()) == 0;
            ::_exit(mounted && std::system(("set -e; " + script).c_str()) == 0 ? 0 : 1);
        }
        int status_of_child = -1;
        ::waitpid(child, &status_of_child, 0);
        BOOST_REQUIRE(status_of_child == 0);
    }
};

std::string names_of(std::vector<layer_item> const& items)
{
    std::string names;
    for (auto const& item : items)
        names += (names.empty() ? "" : " ") + std::string(item.entry.type == entry_type::whiteout ? "-" : "")
                 + item.entry.path + (item.entry.type == entry_type::hard_link ? "=" + item.entry.link : "");
    return names;
}
}  // namespace

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(unpacks_every_kind_of_entry, stack)
{
    testing::tar_writer tar;
    tar.folder("./", 0711).folder("./d/", 01777);
    tar.add({.name = "./d/f", .content = "text", .mode = 04755, .uid = 7, .gid = 8,
             .pax = {{"mtime", "5.000000006"}, {"SCHILY.xattr.user.a", "v"}, {"SCHILY.xattr.trusted.b", "v"}}});
    tar.hard_link("d/g", "./d/f").symlink("d/l", "/etc/passwd").add({.name = "p", .type = '6', .mode = 0600});
    tar.add({.name = "c", .type = '3', .mode = 0620, .major = 1, .minor = 3});
    tar.file("big", std::string(1'000'000, 'b'));
    auto const index = unpack(tar.finish());

    BOOST_TEST(index.entries().size() == 8U);
    BOOST_TEST((status("").st_mode & 07777U) == 0711U);
    BOOST_TEST((status("d").st_mode & 07777U) == 01777U);
    BOOST_TEST(status("d").st_mtim.tv_sec == 1'700'000'000);
    auto const f = status("d/f");
    BOOST_TEST((f.st_mode & 07777U) == 04755U);
    BOOST_TEST(f.st_uid == 7U);
    BOOST_TEST(f.st_gid == 8U);
    BOOST_TEST(f.st_mtim.tv_nsec == 6);
    BOOST_TEST(f.st_nlink == 2U);
    BOOST_TEST(status("d/g").st_ino == f.st_ino);
    BOOST_TEST(fs::read_symlink(top() / "d/l") == "/etc/passwd");
    BOOST_TEST(S_ISFIFO(status("p").st_mode));
    BOOST_TEST(status("c").st_rdev == makedev(1, 3));
    BOOST_TEST(status("big").st_size == 1'000'000);
    char value[10];
    BOOST_TEST(::getxattr((top() / "d/f").c_str(), "user.a", value, sizeof value) == 1);
    BOOST_TEST(::getxattr((top() / "d/f").c_str(), "trusted.b", value, sizeof value) == -1);
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(unpacks_whiteouts_in_the_form_of_overlayfs, stack)
{
    testing::tar_writer tar;
    tar.file("a/.wh.x").file("o/new").file("o/.wh..wh..opq").file(".wh..wh.plnk/1").file("both/y").file(".wh.both");
    unpack(tar.finish());
    BOOST_TEST(S_ISCHR(status("a/x").st_mode));
    BOOST_TEST(status("a/x").st_rdev == 0U);
    char value[10];
    for (auto const* folder : {"o", "both"})
        BOOST_TEST(::getxattr((top() / folder).c_str(), "trusted.overlay.opaque", value, sizeof value) == 1);
    BOOST_TEST(!fs::exists(top() / ".wh..wh.plnk"));
    BOOST_TEST((status("a").st_mode & 07777U) == 0755U);
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(gives_unlisted_folders_the_metadata_of_the_layers_below, stack)
{
    unpack(testing::tar_writer().add({.name = "t/", .type = '5', .mode = 01777, .uid = 3, .mtime = 99}).finish());
    unpack(testing::tar_writer().file("t/u/f").finish());
    BOOST_TEST((status("t").st_mode & 07777U) == 01777U);
    BOOST_TEST(status("t").st_uid == 3U);
    BOOST_TEST(status("t").st_mtim.tv_sec == 99);
    BOOST_TEST((status("t/u").st_mode & 07777U) == 0755U);
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(lets_the_later_entry_win, stack)
{
    testing::tar_writer tar;
    tar.file("a", "1").hard_link("keep", "a").file("a", "2").file("d/x").file("d", "file").symlink("s", "a").folder("s/");
    auto const index = unpack(tar.finish());
    BOOST_TEST(read_file(top() / "a", 9) == "2");
    BOOST_TEST(read_file(top() / "keep", 9) == "1");
    BOOST_TEST(S_ISREG(status("d").st_mode));
    BOOST_TEST(S_ISDIR(status("s").st_mode));
    BOOST_TEST(!index.find("d/x"));
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(stays_inside_when_links_lead_out, stack)
{
    auto const victim = write("victim/file", "safe");
    testing::tar_writer tar;
    tar.symlink("out", path() / "victim").file("out/file", "evil").symlink("up", "../../../../../..").file("up/x", "y");
    auto const index = unpack(tar.finish());
    BOOST_TEST(read_file(victim, 99) == "safe");
    BOOST_TEST(index.find("x"));
    BOOST_TEST(fs::is_symlink(top() / "out"));
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(refuses_hostile_layers_and_leaves_nothing, stack)
{
    std::vector<std::string> const tars = {
        testing::tar_writer().file("../x").finish(),
        testing::tar_writer().file("a/../../x").finish(),
        testing::tar_writer().hard_link("x", "../../etc/passwd").finish(),
        testing::tar_writer().hard_link("x", "missing").finish(),
        testing::tar_writer().file("f").file("f/below").finish(),
        testing::tar_writer().file(".wh.").finish(),
        testing::tar_writer().file(".wh...").finish(),
        testing::tar_writer().file("/").finish().replace(156, 1, "2"),
        testing::tar_writer().symlink("a", "b").symlink("b", "a").file("a/x").finish(),
    };
    for (auto const& tar : tars)
        BOOST_CHECK_EXCEPTION(unpack(tar), error, [](error const& e) { return e.code() == errc::damaged; });
    auto const good = write("good", testing::tar_writer().file("x").finish());
    auto const other = digest_of("other");
    BOOST_CHECK_EXCEPTION(layers.unpack(good, other, {}), error,
                          [](error const& e) { return e.code() == errc::digest_mismatch; });
    BOOST_TEST(!layers.contains(other));
    std::stop_source stop;
    stop.request_stop();
    BOOST_CHECK_EXCEPTION(layers.unpack(good, other, {}, stop.get_token()), error,
                          [](error const& e) { return e.code() == errc::canceled; });
    BOOST_TEST(fs::is_empty(path() / "s"));
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(turns_changes_of_a_mounted_root_into_items, stack)
{
    testing::tar_writer tar;
    tar.folder("etc/").file("etc/passwd", "p").file("etc/group", "g").folder("opt/").folder("opt/old/");
    tar.file("opt/old/1").file("opt/old/2").file("opt/old/sub/3").folder("same/").file("same/f").file("gone");
    unpack(tar.finish());
    auto const root = layers.prepare(ids);
    change(root, "rm gone; rm -r opt/old; mkdir opt/old opt/old/sub; echo x > opt/old/2; echo y > a; ln a b; ln a etc/z;"
                 "chmod 600 etc/passwd; touch same/g; rm same/g; ln -s x same-link; mkfifo q");
    root_view const below(indexes);
    auto const items = layers.changes(root, below);
    BOOST_TEST(names_of(items)
               == "a b=a etc etc/passwd etc/z=a -gone opt opt/old -opt/old/1 opt/old/2 opt/old/sub"
                  " -opt/old/sub/3 q same-link");
    BOOST_TEST(std::is_sorted(items.begin(), items.end(), [](auto const& x, auto const& y) {
        return path_less{}(x.entry.path, y.entry.path);
    }));
    layers.commit(root, digest_of("top"));
    BOOST_TEST(layers.contains(digest_of("top")));
    BOOST_TEST(std::distance(fs::directory_iterator(path() / "s"), {}) == 2);
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(as_root()))
BOOST_FIXTURE_TEST_CASE(shows_the_same_tree_after_packing_and_unpacking, stack)
{
    testing::tar_writer tar;
    tar.folder("d/").file("d/1", "one").file("d/2").folder("e/").file("e/f/g", "g").symlink("l", "d");
    unpack(tar.finish());
    auto const show = "find . -printf '%p %y %m %U %G %s %l\\n' | sort > ";
    auto const root = layers.prepare(ids);
    change(root, "rm -r d; mkdir d; echo 3 > d/3; mv e/f e/h; chmod 4711 e/h/g; chown 5:6 l -h; ln e/h/g e/k; sync; "
                     + std::string(show) + (path() / "before").string());
    root_view const below(indexes);
    auto const items = layers.changes(root, below);
    auto const packed = pack_layer(items, path() / "top.tar.gz", {});
    BOOST_TEST((scan_layer(path() / "top.tar.gz").diff_id == packed.layer.diff_id));
    layers.unpack(path() / "top.tar.gz", packed.layer.diff_id, ids);
    ids.push_back(packed.layer.diff_id);
    layers.discard(root);
    auto const again = layers.prepare(ids);
    change(again, show + (path() / "after").string());
    BOOST_TEST(read_file(path() / "before", 100'000) == read_file(path() / "after", 100'000));
    BOOST_TEST(layers.changes(again, root_view(indexes)).empty());
    layers.discard(again);
    layers.prune();
}
BOOST_AUTO_TEST_SUITE_END()
