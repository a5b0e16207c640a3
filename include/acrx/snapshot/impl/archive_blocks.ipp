// Bodies of snapshot/detail/archive_blocks.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_ARCHIVE_BLOCKS_IPP
#define ACRX_SNAPSHOT_IMPL_ARCHIVE_BLOCKS_IPP
#include <acrx/snapshot/detail/archive_blocks.hpp>
#include <acrx/snapshot/detail/tar_writer.hpp>

#include <isa-l/crc.h>

#include <algorithm>
#include <string_view>

namespace acrx::detail {
inline bool starts_group(std::string_view path)
{
    constexpr unsigned mean_group = 32;
    auto const* const bytes = reinterpret_cast<unsigned char const*>(path.data());
    return ::crc32_gzip_refl(0, bytes, path.size()) % mean_group == 0;
}

/// The parts of one large file.
inline void cut_file(std::vector<archive_block>& blocks, std::size_t number, layer_entry const& entry, layer_form form)
{
    for (std::uint64_t from = 0; from < entry.size; from += block_content) {
        auto const length = std::min(block_content, entry.size - from);
        auto const header = from == 0 ? tar_header_size(entry, form) : 0;
        auto const padding = from + length == entry.size ? tar_padding(entry.size) : 0;
        blocks.push_back({number, 1, from, length, header + length + padding});
    }
}

ACRX_DECL std::vector<archive_block> cut_archive(std::span<layer_item const> items, layer_form form)
{
    std::vector<archive_block> blocks;
    archive_block group;
    auto const end_group = [&](std::size_t next) {
        if (group.count > 0)
            blocks.push_back(group);
        group = {.first = next};
    };
    for (std::size_t number = 0; number < items.size(); ++number) {
        auto const& entry = items[number].entry;
        auto const content = content_size(entry);
        if (content >= block_content) {
            end_group(number + 1);
            cut_file(blocks, number, entry, form);
            continue;
        }
        auto const size = tar_header_size(entry, form) + content + tar_padding(content);
        if (group.size + size > block_content || starts_group(entry.path))
            end_group(number);
        ++group.count;
        group.size += size;
    }
    end_group(items.size());
    blocks.push_back({.first = items.size(), .size = tar_end_size});
    return blocks;
}
}  // namespace acrx::detail
#endif
