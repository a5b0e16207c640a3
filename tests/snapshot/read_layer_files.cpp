#include <acrx/snapshot/read_layer_files.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_read_layer_files)

BOOST_AUTO_TEST_CASE(takes_only_what_is_asked_for)
{
    testing::scratch_folder folder;
    std::vector<layer_item> items;
    for (auto const* path : {"a", "b/c", "etc/passwd"}) {
        layer_item item;
        item.entry.path = path;
        item.bytes = "in " + item.entry.path;
        item.entry.size = item.bytes.size();
        items.push_back(item);
    }
    pack_layer(items, folder / "blob", {});
    auto const found = read_layer_files(folder / "blob", {"b/c", "etc/passwd", "none"}, 100);
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.at("b/c") == "in b/c");
    BOOST_TEST(found.at("etc/passwd") == "in etc/passwd");
    BOOST_TEST(read_layer_files(folder / "blob", {"b/c", "etc/passwd"}, 6).size() == 1U);
    BOOST_CHECK_THROW(read_layer_files(folder.write("bad", "no layer"), {"a"}, 100), error);
}

BOOST_AUTO_TEST_SUITE_END()
