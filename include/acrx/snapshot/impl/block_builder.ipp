// Bodies of snapshot/detail/block_builder.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_BLOCK_BUILDER_IPP
#define ACRX_SNAPSHOT_IMPL_BLOCK_BUILDER_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/block_builder.hpp>
#include <acrx/snapshot/detail/tar_writer.hpp>

#include <fcntl.h>
#include <isa-l/crc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace acrx::detail {
/// Reads until `into` is full or the file ends. @return bytes read; nothing for an error, told by errno
inline std::optional<std::size_t> read_at(int file, std::span<std::byte> into, std::uint64_t offset)
{
    std::size_t done = 0;
    while (done < into.size()) {
        auto const got = ::pread(file, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

inline std::uint32_t check_of(std::span<std::byte const> bytes)
{
    return ::crc32_gzip_refl(0, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

/// What one block has of an item's content.
struct content_part
{
    std::uint64_t from = 0;
    std::size_t length = 0;
    bool is_last = true;
};

inline content_part part_of(archive_block const& block, layer_entry const& entry)
{
    if (!block.is_part())
        return {0, static_cast<std::size_t>(content_size(entry)), true};
    return {block.from, static_cast<std::size_t>(block.length), block.from + block.length == entry.size};
}

[[noreturn]] inline void throw_changed(layer_entry const& entry)
{
    throw error(errc::damaged, "packing " + entry.path + ": the file changed while it was read",
                "Build again when nothing writes to the files.");
}

/// Reads a part of a file. @param into  has one byte more than the part: a last part must end where the file does
inline void read_part(layer_item const& item, content_part part, std::span<std::byte> into)
{
    // Not to wait for a writer, should the name be that of a pipe by now.
    unique_fd const file(::open(item.file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file)
        throw_errno("packing " + item.entry.path + ": opening " + item.file);
    auto const wanted = part.length + (part.is_last ? 1 : 0);
    if (!part.is_last) {
        constexpr off_t ahead = 4 * static_cast<off_t>(block_content);
        ::posix_fadvise(file.get(), static_cast<off_t>(part.from) + ahead, static_cast<off_t>(block_content),
                        POSIX_FADV_WILLNEED);
    }
    auto const got = read_at(file.get(), into.first(wanted), part.from);
    if (!got)
        throw_errno("packing " + item.entry.path + ": reading " + item.file);
    if (*got != part.length)
        throw_changed(item.entry);
}

inline void copy_part(layer_item const& item, content_part part, std::span<std::byte> into)
{
    if (item.bytes.size() != item.entry.size)
        throw error(errc::invalid_argument, "packing " + item.entry.path + ": its bytes and its size disagree");
    std::memcpy(into.data(), item.bytes.data() + part.from, part.length);
}

ACRX_DECL std::string read_content(layer_item const& item)
{
    auto const size = static_cast<std::size_t>(item.entry.size);
    std::string bytes(size + 1, '\0');
    auto const into = std::as_writable_bytes(std::span(bytes));
    item.file.empty() ? copy_part(item, {0, size, true}, into) : read_part(item, {0, size, true}, into);
    bytes.resize(size);
    return bytes;
}

ACRX_DECL block_store::block_store(std::optional<previous_layer> const& previous, std::string const& codec)
{
    if (!previous || previous->table.codec != codec)
        return;
    blob_.reset(::open(previous->blob.c_str(), O_RDONLY | O_CLOEXEC));
    if (!blob_)
        return;
    in_order_ = previous->table.blocks;
    records_.reserve(previous->table.blocks.size());
    for (auto const& record : previous->table.blocks)
        if (record.key)
            records_.emplace(*record.key, &record);
}

ACRX_DECL block_record const* block_store::read(sha256_bytes const& key, std::uint64_t archive_length,
                                                byte_buffer& into) const
{
    constexpr std::uint64_t most = 16 * block_content;  // a sane block is far below, also one that did not compress
    auto const found = records_.find(key);
    if (found == records_.end())
        return nullptr;
    auto const& record = *found->second;
    if (record.archive_length != archive_length || record.blob_length > most)
        return nullptr;
    auto const bytes = into.get(static_cast<std::size_t>(record.blob_length));
    if (read_at(blob_.get(), bytes, record.blob_offset) != bytes.size())
        return nullptr;
    return check_of(bytes) == record.check ? &record : nullptr;
}

ACRX_DECL bool block_builder::fill(std::size_t number, archive_block const& block, built_block& into)
{
    into.record = {.key = key_of(block), .archive_length = block.size};
    // One byte more, for the read that proves the end of the last file.
    auto const memory = into.plain_memory.get(static_cast<std::size_t>(block.size) + 1);
    into.plain = memory.first(static_cast<std::size_t>(block.size));
    into.goes_on = false;
    into.unknown.clear();
    if (take_over(number, into))
        return true;
    store_.note_change(number);
    assemble(block, memory, into);
    return false;
}

ACRX_DECL void block_builder::pack(built_block& block)
{
    block.packed = codec_.compress(block.plain, block.packed_memory);
    block.record.blob_length = block.packed.size();
    block.record.check = check_of(block.packed);
}

ACRX_DECL void block_builder::write_headers(archive_block const& block)
{
    headers_.clear();
    header_ends_.clear();
    for (auto const& item : items_.subspan(block.first, block.count)) {
        if (block.from == 0)
            append_tar_header(item.entry, headers_, form_);
        header_ends_.push_back(headers_.size());
    }
}

ACRX_DECL std::optional<sha256_bytes> block_builder::key_of(archive_block const& block)
{
    facts_.clear();
    bool is_known = block.count > 0;
    for (auto const& item : items_.subspan(block.first, block.count)) {
        append_header_facts(item.entry, facts_);
        if (content_size(item.entry) == 0)
            continue;
        if (item.entry.content)
            facts_.append(reinterpret_cast<char const*>(item.entry.content->data()), item.entry.content->size());
        else
            is_known = false;
    }
    std::array<std::uint64_t, 3> const frame = {header_version(form_), block.from, block.length};
    auto const key = sum_.update(std::as_bytes(std::span(frame))).update(facts_).finish_bytes();
    return is_known ? std::optional(key) : std::nullopt;
}

ACRX_DECL bool block_builder::take_over(std::size_t number, built_block& into)
{
    if (!into.record.key)
        return false;
    auto const size = into.plain.size();
    auto const* const before = store_.read(*into.record.key, size, into.packed_memory);
    if (before == nullptr)
        return false;
    auto const packed = into.packed_memory.get(static_cast<std::size_t>(before->blob_length));
    into.goes_on = store_.is_in_place(*before, number);
    if (into.goes_on && !store_.is_change_known_before(number))
        into.plain = {};
    else if (!codec_.decompress(packed, into.plain_memory.get(size)))
        return false;
    into.packed = packed;
    into.record = *before;
    return true;
}

ACRX_DECL void block_builder::assemble(archive_block const& block, std::span<std::byte> memory, built_block& into)
{
    write_headers(block);
    auto rest = memory;
    auto const append_zeros = [&](std::uint64_t count) {
        std::memset(rest.data(), 0, static_cast<std::size_t>(count));
        rest = rest.subspan(static_cast<std::size_t>(count));
    };
    std::size_t header_begin = 0;
    for (std::size_t i = 0; i < block.count; ++i) {
        auto const& item = items_[block.first + i];
        auto const header = std::string_view(headers_).substr(header_begin, header_ends_[i] - header_begin);
        header_begin = header_ends_[i];
        std::memcpy(rest.data(), header.data(), header.size());
        rest = rest.subspan(header.size());
        auto const part = part_of(block, item.entry);
        if (part.length > 0 && item.file.empty())
            copy_part(item, part, rest);
        else if (item.entry.type == entry_type::regular && !item.file.empty())
            read_part(item, part, rest);
        if (item.entry.type == entry_type::regular && !item.entry.content)
            into.unknown.push_back({block.first + i, memory.size() - rest.size(), part.length, part.is_last});
        rest = rest.subspan(part.length);
        if (part.is_last)
            append_zeros(tar_padding(content_size(item.entry)));
    }
    if (block.count == 0)
        append_zeros(block.size);
}
}  // namespace acrx::detail
#endif
