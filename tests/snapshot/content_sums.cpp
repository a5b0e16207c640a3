// Whoever makes an index, it has the digest of every file's content, and the same one.
#include <acrx/snapshot/layer_scanner.hpp>
#include <acrx/snapshot/overlay_snapshotter.hpp>
#include <acrx/snapshot/pack_layer.hpp>

#include <acrx/io/files.hpp>
#include <support/layer_items.hpp>
#include <support/shell.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(snapshot_content_sums)

void check_sums(layer_index const& index, std::map<std::string, std::string> const& contents)
{
    std::size_t files = 0;
    for (auto const& entry : index.entries()) {
        BOOST_TEST(entry.content.has_value() == (entry.type == entry_type::regular), entry.path);
        if (!entry.content)
            continue;
        ++files;
        BOOST_TEST(to_digest(*entry.content).str() == digest_of(contents.at(entry.path)).str(), entry.path);
    }
    BOOST_TEST(files == contents.size());
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_packed_scanned_or_unpacked)
{
    layer_place const at;
    std::map<std::string, std::string> const contents{
        {"a_large", bytes_of(1, (3U << 20) + 5, false)}, {"b_empty", ""},
        {"c_small", "hello"},                            {"d_inline", "from a document"},
        {"etc/passwd", "root:x:0:0::/root:/bin/sh\n"},   {"f_blocks", bytes_of(2, 2U << 20, true)},
    };
    std::vector<layer_item> items;
    for (auto const& [path, bytes] : contents) {
        if (path == "etc/passwd")
            items.push_back(item_of("etc", entry_type::directory));
        items.push_back(at.file(path, bytes, path == "c_small"));
    }
    items[3].file.clear();
    items[3].bytes = contents.at("d_inline");
    items.push_back(item_of("g_link", entry_type::symbolic_link, "a_large"));
    items.push_back(item_of("h_name", entry_type::hard_link, "a_large"));

    auto const packed = pack_layer(items, at.blob(), options_of());
    check_sums(packed.index, contents);
    check_sums(scan_layer(at.blob()).index, contents);
    overlay_snapshotter snapshots(at.folder / "snapshots");
    check_sums(snapshots.unpack(at.blob(), packed.layer.diff_id, {}), contents);
    check_sums(snapshots.unpack(at.blob(), packed.layer.diff_id, {}), contents);
}

BOOST_AUTO_TEST_CASE(holes_count_as_zeros)
{
    layer_place const at;
    auto const folder = at.folder.string();
    BOOST_REQUIRE_EQUAL(shell("cd " + folder + " && truncate -s 3000000 sparse && printf end >> sparse && truncate -s 4M sparse"
                              " && tar --sparse -cf blob sparse").status, 0);
    std::string content(4U << 20, '\0');
    content.replace(3'000'000, 3, "end");
    check_sums(scan_layer(at.blob()).index, {{"sparse", content}});
}

BOOST_AUTO_TEST_SUITE_END()
