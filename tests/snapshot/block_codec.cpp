#include <acrx/snapshot/detail/block_codec.hpp>  // first: proves that the header stands alone

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <vector>

using namespace acrx;
using detail::block_codec;
using detail::byte_buffer;

BOOST_AUTO_TEST_SUITE(snapshot_block_codec)

using bytes = std::vector<std::byte>;

/// `size` bytes of which `kinds` different ones occur.
bytes some_bytes(std::size_t size, unsigned kinds, unsigned seed)
{
    std::mt19937 random(seed);
    bytes all(size);
    std::generate(all.begin(), all.end(), [&] { return static_cast<std::byte>(random() % kinds); });
    return all;
}

bytes packed(block_codec& codec, bytes const& plain)
{
    byte_buffer into;
    auto const block = codec.compress(plain, into);
    return {block.begin(), block.end()};
}

constexpr std::array formats = {compression::gzip, compression::zstd, compression::none};

BOOST_DATA_TEST_CASE(gives_back_what_it_was_given, boost::unit_test::data::xrange(3), format)
{
    block_codec codec(formats.at(static_cast<std::size_t>(format)), 1);
    for (std::size_t const size : {0, 1, 2, 3, 4, 5, 8, 64, 287, 288, 289, 511, 65535, 65536, 131073, 1 << 20}) {
        for (unsigned const kinds : {1U, 2U, 20U, 256U}) {
            auto const plain = some_bytes(size, kinds, static_cast<unsigned>(size) + kinds);
            auto const block = packed(codec, plain);
            bytes back(size);
            BOOST_TEST(codec.decompress(block, back), size << " bytes of " << kinds << " kinds");
            BOOST_TEST((back == plain));
        }
    }
}

BOOST_DATA_TEST_CASE(gives_equal_blocks_whatever_came_before, boost::unit_test::data::xrange(2), format)
{
    block_codec fresh(formats.at(static_cast<std::size_t>(format)), 1);
    block_codec used(formats.at(static_cast<std::size_t>(format)), 1);
    for (unsigned i = 0; i < 60; ++i) {
        packed(used, some_bytes(1000 + i * 3001, 2 + i % 30, i));
        auto const plain = some_bytes(20 + i * 97, 2 + i % 5, i);
        BOOST_TEST((packed(used, plain) == packed(fresh, plain)), "block " << i);
        fresh = block_codec(formats.at(static_cast<std::size_t>(format)), 1);
    }
}

/// What depends on an address does so for few blocks: many blocks, all by two codecs in two places.
BOOST_DATA_TEST_CASE(gives_equal_blocks_wherever_it_lies, boost::unit_test::data::xrange(3), level)
{
    block_codec here(compression::gzip, level);
    block_codec there(compression::gzip, level);
    std::size_t others = 0;
    for (unsigned i = 0; i < 4000; ++i) {
        auto const plain = some_bytes(300 + i % 200, 2 + i % 20, i);
        others += packed(here, plain) != packed(there, plain) ? 1 : 0;
    }
    BOOST_TEST(others == 0U);
}
BOOST_AUTO_TEST_SUITE_END()
