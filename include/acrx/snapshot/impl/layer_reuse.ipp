// Bodies of snapshot/layer_reuse.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_REUSE_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_REUSE_IPP
#include <acrx/snapshot/detail/binary_form.hpp>
#include <acrx/snapshot/layer_reuse.hpp>

#include <limits>

namespace acrx {
namespace detail {
constexpr std::string_view table_magic = "acrxblks";
constexpr std::uint32_t table_version = 3;

inline void write_words(binary_writer& to, sha256_midstate const& sum)
{
    for (auto const word : sum.words)
        for (unsigned shift = 0; shift < 32; shift += 8)
            to.bytes(std::string(1, static_cast<char>(word >> shift & 0xffU)));
}

/// @param end  bytes that were seen, the last few of them perhaps in vain
inline sha256_midstate read_midstate(binary_reader& from, std::uint64_t end)
{
    sha256_midstate sum;
    sum.length = end - end % 64;
    for (auto& word : sum.words) {
        auto const bytes = from.bytes(4);
        for (unsigned i = 0; i < 4; ++i)
            word |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return sum;
}
}  // namespace detail

ACRX_DECL std::string block_table::to_bytes() const
{
    detail::binary_writer to;
    to.text(codec);
    to.number(blocks.size());
    for (auto const& block : blocks) {
        to.number(block.key ? 1 : 0);
        if (block.key)
            to.hash(*block.key);
        to.number(block.check);
        to.number(block.archive_length);
        to.number(block.blob_length);
        detail::write_words(to, block.archive_sum);
        detail::write_words(to, block.blob_sum);
    }
    return to.in_envelope(detail::table_magic, detail::table_version);
}

ACRX_DECL block_table block_table::from_bytes(std::string_view bytes)
{
    detail::binary_reader from(bytes, detail::table_magic, detail::table_version, "reading the blocks of a layer");
    constexpr std::size_t least_record = 68;
    block_table result;
    result.codec = from.text();
    result.blocks.resize(from.count(least_record));
    std::uint64_t offset = 0;
    std::uint64_t archive = 0;
    for (auto& block : result.blocks) {
        if (from.number() != 0)
            block.key = from.hash();
        block.check = from.number32();
        block.archive_length = from.number();
        block.blob_offset = offset;
        block.blob_length = from.number();
        if (block.blob_length > std::uint64_t(std::numeric_limits<std::int64_t>::max()) - offset)
            from.fail();
        offset += block.blob_length;
        archive += block.archive_length;
        block.archive_sum = detail::read_midstate(from, archive);
        block.blob_sum = detail::read_midstate(from, offset);
    }
    from.end();
    return result;
}
}  // namespace acrx
#endif
