// Where the archive of a layer is cut into blocks that are compressed one by one.
#ifndef ACRX_SNAPSHOT_DETAIL_ARCHIVE_BLOCKS_HPP
#define ACRX_SNAPSHOT_DETAIL_ARCHIVE_BLOCKS_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_form.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace acrx::detail {
/// A piece of the archive: whole entries, or a part of one large file. The last block of an archive has no item: it is
/// the end mark.
struct archive_block
{
    std::size_t first = 0;  ///< number of the first item
    std::size_t count = 0;  ///< of items
    std::uint64_t from = 0;    ///< of a large file, the content that lies in this block: its header comes with the
    std::uint64_t length = 0;  ///< first part, its padding with the last; 0 and 0 for whole entries
    std::uint64_t size = 0;    ///< bytes of the archive

    bool is_part() const noexcept { return length > 0; }
};

/// The content of a large file is cut every so many bytes, and small entries are grouped up to so many.
constexpr std::uint64_t block_content = 1024 * 1024;

/// Cuts the archive so that a block depends on the entries in it and near it alone: before and after each file of
/// `block_content` or more, and before each entry whose path has a check sum (CRC-32) that ends in five zero bits.
/// A changed entry thus changes one block, an added or removed one rarely more than two.
ACRX_DECL std::vector<archive_block> cut_archive(std::span<layer_item const> items,
                                                     layer_form form = layer_form::plain);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/archive_blocks.ipp>
#endif
#endif
