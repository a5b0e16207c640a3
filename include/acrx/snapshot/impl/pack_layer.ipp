// Bodies of snapshot/pack_layer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_PACK_LAYER_IPP
#define ACRX_SNAPSHOT_IMPL_PACK_LAYER_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/detail/archive_blocks.hpp>
#include <acrx/snapshot/detail/block_builder.hpp>
#include <acrx/snapshot/detail/layer_pipeline.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <thread>
#include <utility>

namespace acrx {
namespace detail {
/// The file of a layer in the making; removed unless it is finished.
class layer_file
{
public:
    explicit layer_file(std::filesystem::path const& name)
        : name_(name), file_(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644))
    {
        if (!file_)
            throw_file_errno("writing " + name.string());
    }
    layer_file(layer_file const&) = delete;
    layer_file& operator=(layer_file const&) = delete;
    ~layer_file()
    {
        if (file_)
            ::unlink(name_.c_str());
    }
    void append(std::span<std::byte const> bytes) { write_all(file_.get(), bytes, name_); }
    void finish() { file_.reset(); }

private:
    std::filesystem::path const& name_;
    unique_fd file_;
};

inline std::string_view layer_media_type(compression format)
{
    switch (format) {
    case compression::gzip: return media_type::oci_layer_gzip;
    case compression::zstd: return media_type::oci_layer_zstd;
    case compression::none: break;
    }
    return media_type::oci_layer;
}

inline std::vector<block_builder> make_builders(std::span<layer_item const> items, block_store const& store,
                                                pack_options const& options, std::size_t blocks)
{
    auto const wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<block_builder> builders;
    for (std::size_t i = 0; i < std::min<std::size_t>(wanted, blocks); ++i)
        builders.emplace_back(items, store, block_codec(options.compression, options.level));
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

inline layer_index index_of(std::span<layer_item const> items)
{
    std::vector<layer_entry> entries;
    entries.reserve(items.size());
    for (auto const& item : items)
        entries.push_back(item.entry);
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
}  // namespace detail

ACRX_DECL written_layer pack_layer(std::span<layer_item const> items, std::filesystem::path const& to,
                                   pack_options const& options, std::stop_token stop)
{
    assert(detail::is_in_path_order(items));
    auto const blocks = detail::cut_archive(items);
    auto const codec = detail::block_codec::name(options.compression, options.level);
    detail::block_store const store(options.previous, codec);
    detail::layer_pipeline pipeline(blocks, detail::make_builders(items, store, options, blocks.size()), stop);

    detail::layer_file file(to);
    written_layer result;
    result.blocks.codec = codec;
    result.blocks.blocks.reserve(blocks.size());
    sha256 archive_sum;
    sha256 blob_sum;
    std::uint64_t blob_size = 0;
    std::uint64_t archive_done = 0;
    auto const hash_archive = [&](detail::built_block& block) { archive_sum.update(block.plain); };
    auto const store_block = [&](detail::built_block& block) {
        if (options.compression != compression::none)
            blob_sum.update(block.packed);
        file.append(block.packed);
        block.record.blob_offset = blob_size;
        result.blocks.blocks.push_back(block.record);
        blob_size += block.packed.size();
        archive_done += block.plain.size();
        if (options.progress)
            options.progress(archive_done);
    };
    pipeline.run(hash_archive, store_block);

    result.layer.diff_id = archive_sum.finish();
    result.layer.blob.media_type = detail::layer_media_type(options.compression);
    result.layer.blob.digest = options.compression == compression::none ? result.layer.diff_id : blob_sum.finish();
    result.layer.blob.size = blob_size;
    result.index = detail::index_of(items);
    file.finish();
    return result;
}
}  // namespace acrx
#endif
