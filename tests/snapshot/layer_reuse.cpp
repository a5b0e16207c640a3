#include <acrx/snapshot/layer_reuse.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_layer_reuse)

block_table some_table()
{
    block_record known;
    known.key = sha256().update("key").finish_bytes();
    known.sum = sha256().update("sum").finish_bytes();
    known.archive_length = 1'048'576;
    known.blob_length = 700'000;
    block_record end;
    end.archive_length = 1024;
    end.blob_offset = 700'000;
    end.blob_length = 30;
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
BOOST_AUTO_TEST_SUITE_END()
