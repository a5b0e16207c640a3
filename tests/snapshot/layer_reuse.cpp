#include <acrx/snapshot/layer_reuse.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>
#include <support/layer_items.hpp>
using namespace acrx;
using namespace acrx::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(snapshot_layer_reuse)

block_table some_table()
{
    block_record known;
    known.key = sha256().update("key").finish_bytes();
    known.check = 0x80000001;
    known.archive_length = 1'048'576;
    known.blob_length = 700'000;
    known.archive_sum = {.words = {1, 2, 3, 4, 5, 6, 7, 0xffffffff}, .length = 1'048'576};
    known.blob_sum = {.words = {8}, .length = 699'968};
    block_record end;
    end.archive_length = 1024;
    end.blob_offset = 700'000;
    end.blob_length = 30;
    end.archive_sum.length = 1'049'600;
    end.blob_sum.length = 699'968 + 0;
    return {.codec = "gzip/1", .blocks = {known, end}};
}

BOOST_AUTO_TEST_CASE(survives_its_binary_form)
{
    BOOST_CHECK(block_table::from_bytes(some_table().to_bytes()) == some_table());
    BOOST_CHECK(block_table::from_bytes(block_table().to_bytes()) == block_table());
}

BOOST_AUTO_TEST_CASE(any_changed_or_missing_byte_is_noticed)
{
    auto const is_damaged = [](error const& e) { return e.code() == errc::damaged; };
    auto const bytes = some_table().to_bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        BOOST_CHECK_EXCEPTION(block_table::from_bytes(changed), error, is_damaged);
        BOOST_CHECK_EXCEPTION(block_table::from_bytes(bytes.substr(0, i)), error, is_damaged);
    }
}
/// A layer that was packed once, and its items.
struct packed_before : layer_place
{
    explicit packed_before(compression format = compression::gzip, std::size_t to_change = 700)
        : items(many_items(*this, true)), options(options_of(format)), changed(std::min(to_change, items.size() - 1))
    {
        old_blob = folder / "old";
        auto const written = pack_layer(items, old_blob, options);
        options.previous = previous_layer{old_blob, written.blocks};
        auto plain = options;
        plain.previous.reset();
        items[changed].bytes = "changed";
        items[changed].file.clear();
        items[changed].entry.size = 7;
        items[changed].entry.content = sha256().update("changed").finish_bytes();
        expected = pack_layer(items, blob(), plain);
    }
    void unlink_files() const
    {
        for (auto const& item : items)
            if (item.entry.path.find(items[changed].entry.path.substr(0, 3)) != 0)
                fs::remove(item.file);
    }

    std::vector<layer_item> items;
    pack_options options;
    std::size_t changed;  ///< number of an item
    fs::path old_blob;
    written_layer expected;
};

BOOST_AUTO_TEST_CASE(reuse_gives_the_same_bytes_and_reads_no_unchanged_file)
{
    for (auto const format : formats_under_test) {
        packed_before const at(format);
        at.unlink_files();  // all but those of the folder with the change
        auto const again = pack_layer(at.items, at.folder / "again", at.options);
        BOOST_CHECK(again.layer == at.expected.layer);
        BOOST_CHECK(again.blocks == at.expected.blocks);
        BOOST_CHECK(read_file(at.folder / "again", 1U << 30U) == read_file(at.blob(), 1U << 30U));
        BOOST_CHECK(block_table::from_bytes(again.blocks.to_bytes()) == again.blocks);
    }
}

BOOST_AUTO_TEST_CASE(a_change_may_be_anywhere)
{
    for (std::size_t const number : {1U, 400U, 1200U, 9999U}) {
        packed_before const at(compression::gzip, number);
        auto const again = pack_layer(at.items, at.folder / "again", at.options);
        BOOST_CHECK(again.layer == at.expected.layer);
        BOOST_CHECK(again.blocks == at.expected.blocks);
    }
}

BOOST_AUTO_TEST_CASE(an_item_less_or_none_changed_gives_the_same_bytes)
{
    packed_before const at;
    for (std::size_t const gone : {0U, 1U, 800U}) {
        auto items = at.items;
        items.erase(items.begin() + 3, items.begin() + 3 + static_cast<std::ptrdiff_t>(gone));
        pack_options options;
        options.previous = previous_layer{at.blob(), at.expected.blocks};
        auto const again = pack_layer(items, at.folder / "again", options);
        auto const plain = pack_layer(items, at.folder / "plain", {});
        BOOST_CHECK(again.layer == plain.layer);
        BOOST_CHECK(again.blocks == plain.blocks);
    }
}

BOOST_AUTO_TEST_CASE(a_changed_file_changes_one_block_and_a_new_one_few)
{
    packed_before const at;
    auto const changed_blocks = [](block_table const& a, block_table const& b) {
        return std::count_if(a.blocks.begin(), a.blocks.end(), [&](block_record const& block) {
            return std::none_of(b.blocks.begin(), b.blocks.end(), [&](auto const& other) { return other.check == block.check; });
        });
    };
    BOOST_TEST(changed_blocks(at.expected.blocks, at.options.previous->table) == 1);
    auto items = at.items;
    items.insert(items.begin() + 301, at.file(items[300].entry.path + "0", "new", true));
    auto const with_new = pack_layer(items, at.blob(), at.options);
    BOOST_TEST(changed_blocks(with_new.blocks, at.expected.blocks) <= 2);
}

BOOST_AUTO_TEST_CASE(metadata_alone_makes_another_block)
{
    packed_before at;
    for (auto& item : at.items)
        item.entry.mode = 0600;
    auto plain = at.options;
    plain.previous.reset();
    auto const expected = pack_layer(at.items, at.blob(), plain);
    BOOST_CHECK(pack_layer(at.items, at.folder / "again", at.options).layer == expected.layer);
}

BOOST_AUTO_TEST_CASE(a_damaged_old_blob_is_not_believed)
{
    for (auto const format : formats_under_test) {
        packed_before const at(format);
        auto const whole = read_file(at.old_blob, 1U << 30U);
        auto damaged = whole;
        for (std::size_t i = 4; i < damaged.size(); i += 1009)  // also in gzip headers, which no CRC covers
            damaged[i] = static_cast<char>(damaged[i] ^ 4);
        write_file(at.old_blob, damaged);
        BOOST_CHECK(pack_layer(at.items, at.folder / "again", at.options).layer == at.expected.layer);
        write_file(at.old_blob, std::string_view(whole).substr(0, whole.size() / 2));
        BOOST_CHECK(pack_layer(at.items, at.folder / "again", at.options).layer == at.expected.layer);
        fs::remove(at.old_blob);
        BOOST_CHECK(pack_layer(at.items, at.folder / "again", at.options).layer == at.expected.layer);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_table_is_not_believed)
{
    packed_before at;
    auto const packs_right = [&] {
        return pack_layer(at.items, at.folder / "again", at.options).layer == at.expected.layer;
    };
    auto& table = at.options.previous->table;
    auto const right = table;
    for (auto& block : table.blocks)
        block.archive_length += 512;
    BOOST_CHECK(packs_right());
    table = right;
    for (auto& block : table.blocks)
        block.blob_length = std::uint64_t(1) << 40U;
    BOOST_CHECK(packs_right());
    table = right;
    for (auto& block : table.blocks)
        block.blob_offset = std::uint64_t(1) << 63U;
    BOOST_CHECK(packs_right());
    table = right;
    table.codec = "gzip/other";
    BOOST_CHECK(packs_right());
}
BOOST_AUTO_TEST_SUITE_END()
