// Bodies of snapshot/pack_layer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_PACK_LAYER_IPP
#define ACRX_SNAPSHOT_IMPL_PACK_LAYER_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/archive_blocks.hpp>
#include <acrx/snapshot/detail/blob_writer.hpp>
#include <acrx/snapshot/detail/block_builder.hpp>
#include <acrx/snapshot/detail/layer_pipeline.hpp>
#include <acrx/snapshot/detail/running_sum.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline std::vector<block_builder> make_builders(std::span<layer_item const> items, block_store& store,
                                                pack_options const& options, std::size_t blocks)
{
    auto const wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<block_builder> builders;
    for (std::size_t i = 0; i < std::min<std::size_t>(wanted, blocks); ++i)
        builders.emplace_back(items, store, block_codec(options.compression, options.level), options.form);
    return builders;
}

/// Whole content of the files that layer indexes keep, unless they are absurdly large.
inline std::map<std::string, std::string> kept_contents(std::span<layer_item const> items)
{
    constexpr std::uint64_t most = 1024 * 1024;
    std::map<std::string, std::string> kept;
    for (auto const& item : items)
        if (item.entry.type == entry_type::regular && item.entry.size <= most && layer_index::keeps(item.entry.path))
            kept.emplace(item.entry.path, read_content(item));
    return kept;
}

/// @param contents  digests that were not known before, by number of the item
inline layer_index index_of(std::span<layer_item const> items, std::map<std::size_t, sha256_bytes> const& contents)
{
    std::vector<layer_entry> entries;
    entries.reserve(items.size());
    for (auto const& item : items)
        entries.push_back(item.entry);
    for (auto const& [number, content] : contents)
        entries[number].content = content;
    return layer_index(std::move(entries), kept_contents(items));
}

inline bool is_in_path_order(std::span<layer_item const> items)
{
    auto const misplaced = [](layer_item const& a, layer_item const& b) {
        bool const is_mark = a.entry.type == entry_type::directory && b.entry.type == entry_type::opaque;
        return !path_less{}(a.entry.path, b.entry.path) && !(a.entry.path == b.entry.path && is_mark);
    };
    return std::adjacent_find(items.begin(), items.end(), misplaced) == items.end();
}

/// Sees the plain bytes of all blocks in order.
class archive_hasher
{
public:
    archive_hasher(block_codec codec, std::size_t blocks) : codec_(std::move(codec)) { sums_.reserve(blocks); }

    void take(built_block const& block)
    {
        goes_on_ = goes_on_ && block.goes_on;
        if (goes_on_)
            sum_.skip(block.record.archive_sum, block.record.archive_length, {});  // whole tar blocks leave no tail
        else
            sum_.update(block.plain.empty() ? inflate(block) : block.plain);
        sums_.push_back(goes_on_ ? block.record.archive_sum : sum_.midstate());
        for (auto const& part : block.unknown) {
            content_sum_.update(block.plain.subspan(part.offset, part.length));
            if (part.is_last)
                contents_.emplace(part.item, content_sum_.finish_bytes());
        }
    }
    /// The sum after each block.
    std::span<sha256_midstate const> sums() const { return sums_; }
    /// The digests of the files that came without one, by number of the item.
    std::map<std::size_t, sha256_bytes> const& contents() const { return contents_; }
    digest finish() { return sum_.finish(); }

private:
    /// A block that seemed to be part of the unchanged beginning, until one before it turned out to be another.
    std::span<std::byte const> inflate(built_block const& block)
    {
        auto const plain = memory_.get(static_cast<std::size_t>(block.record.archive_length));
        if (!codec_.decompress(block.packed, plain))
            throw error(errc::damaged, "packing a layer: a block of the layer made before",
                        "Build once more with --no-cache.");
        return plain;
    }

    block_codec codec_;
    byte_buffer memory_;
    running_sum sum_;
    std::vector<sha256_midstate> sums_;
    sha256 content_sum_;  ///< of a file that may go on in the next block
    std::map<std::size_t, sha256_bytes> contents_;
    bool goes_on_ = true;
};

/// Writes finished blocks to the blob, in order.
class block_appender
{
public:
    explicit block_appender(std::filesystem::path const& to) : file_(to) {}

    block_record take(built_block const& block)
    {
        goes_on_ = goes_on_ && block.goes_on;
        auto record = block.record;
        record.blob_offset = size_;
        file_.append(block.packed);
        size_ += block.packed.size();
        if (goes_on_) {
            sum_.skip(record.blob_sum, block.packed.size(), block.packed.last(std::min<std::size_t>(64, block.packed.size())));
        } else {
            sum_.update(block.packed);
            record.blob_sum = sum_.midstate();
        }
        return record;
    }
    std::uint64_t size() const { return size_; }
    digest finish()
    {
        file_.finish();
        return sum_.finish();
    }

private:
    growing_file file_;
    running_sum sum_;
    std::uint64_t size_ = 0;
    bool goes_on_ = true;
};
}  // namespace detail

ACRX_DECL written_layer pack_layer(std::span<layer_item const> items, std::filesystem::path const& to,
                                   pack_options const& options, std::stop_token stop)
{
    assert(detail::is_in_path_order(items));
    std::vector<layer_item> written;
    if (options.form != layer_form::plain)
        items = (written = written_in(options.form, items, options.folder_time));
    auto const blocks = detail::cut_archive(items, options.form);
    written_layer result;
    result.blocks.codec = detail::block_codec::name(options.compression, options.level);
    result.blocks.blocks.reserve(blocks.size());
    detail::block_store store(options.previous, result.blocks.codec);
    detail::layer_pipeline pipeline(blocks, detail::make_builders(items, store, options, blocks.size()), stop);

    detail::archive_hasher archive(detail::block_codec(options.compression, options.level), blocks.size());
    detail::block_appender blob(to);
    std::uint64_t archive_done = 0;
    auto const hash_archive = [&](detail::built_block& block) { archive.take(block); };
    auto const store_block = [&](detail::built_block& block) {
        result.blocks.blocks.push_back(blob.take(block));
        archive_done += block.record.archive_length;
        if (options.progress)
            options.progress(archive_done);
    };
    pipeline.run(hash_archive, store_block);

    for (std::size_t i = 0; i < blocks.size(); ++i)
        result.blocks.blocks[i].archive_sum = archive.sums()[i];
    result.layer.diff_id = archive.finish();
    result.layer.blob.media_type = layer_media_type(options.compression);
    result.layer.blob.size = blob.size();
    result.index = detail::index_of(items, archive.contents());
    result.layer.blob.digest = blob.finish();
    return result;
}
}  // namespace acrx
#endif
