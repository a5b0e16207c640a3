// Bodies of snapshot/layer_reuse.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_REUSE_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_REUSE_IPP
#include <acrx/snapshot/detail/binary_form.hpp>
#include <acrx/snapshot/layer_reuse.hpp>

#include <limits>

namespace acrx {
namespace detail {
constexpr std::string_view table_magic = "acrxblks";
constexpr std::uint32_t table_version = 1;
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
        to.hash(block.sum);
        to.number(block.archive_length);
        to.number(block.blob_length);
    }
    return to.in_envelope(detail::table_magic, detail::table_version);
}

ACRX_DECL block_table block_table::from_bytes(std::string_view bytes)
{
    detail::binary_reader from(bytes, detail::table_magic, detail::table_version, "reading the blocks of a layer");
    constexpr std::size_t least_record = 35;
    block_table result;
    result.codec = from.text();
    result.blocks.resize(from.count(least_record));
    std::uint64_t offset = 0;
    for (auto& block : result.blocks) {
        if (from.number() != 0)
            block.key = from.hash();
        block.sum = from.hash();
        block.archive_length = from.number();
        block.blob_offset = offset;
        block.blob_length = from.number();
        if (block.blob_length > std::uint64_t(std::numeric_limits<std::int64_t>::max()) - offset)
            from.fail();
        offset += block.blob_length;
    }
    from.end();
    return result;
}
}  // namespace acrx
#endif
