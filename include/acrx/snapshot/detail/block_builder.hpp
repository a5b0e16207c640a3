// Makes the blocks of a layer: from the files themselves, or from a layer that has the same block already.
#ifndef ACRX_SNAPSHOT_DETAIL_BLOCK_BUILDER_HPP
#define ACRX_SNAPSHOT_DETAIL_BLOCK_BUILDER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/detail/archive_blocks.hpp>
#include <acrx/snapshot/detail/block_codec.hpp>
#include <acrx/snapshot/detail/byte_buffer.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_form.hpp>
#include <acrx/snapshot/layer_reuse.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace acrx::detail {
/// The whole content of a regular file. @throws error if it cannot be read or has another size than its entry says
ACRX_DECL std::string read_content(layer_item const& item);

/// The blocks of a layer of before, by key. For any number of threads.
class block_store
{
public:
    /// Empty if there is no such layer, its file cannot be opened, or its codec is another.
    ACRX_DECL block_store(std::optional<previous_layer> const& previous, std::string const& codec);
    block_store(block_store const&) = delete;
    block_store& operator=(block_store const&) = delete;

    /// Reads the block with this key and archive length into `into`.
    /// @return  its record; null if there is none or its bytes are not those of before
    ACRX_DECL block_record const* read(sha256_bytes const& key, std::uint64_t archive_length, byte_buffer& into) const;
    /// Whether the record is that of the block with this number.
    bool is_in_place(block_record const& record, std::size_t number) const
    {
        return number < in_order_.size() && &in_order_[number] == &record;
    }

    /// A block differs from that of before; those after it lie at other places, or after other bytes.
    void note_change(std::size_t number)
    {
        auto known = first_change_.load();
        while (number < known && !first_change_.compare_exchange_weak(known, number)) {}
    }
    bool is_change_known_before(std::size_t number) const { return first_change_ < number; }

private:
    struct first_bytes
    {
        std::size_t operator()(sha256_bytes const& key) const noexcept
        {
            std::size_t value = 0;
            std::memcpy(&value, key.data(), sizeof value);
            return value;
        }
    };
    unique_fd blob_;
    std::span<block_record const> in_order_;
    std::atomic<std::size_t> first_change_ = std::numeric_limits<std::size_t>::max();
    std::unordered_map<sha256_bytes, block_record const*, first_bytes> records_;
};

/// Bytes of a block that belong to a file whose digest nobody knows yet.
struct unknown_content
{
    std::size_t item = 0;    ///< its number in the layer
    std::size_t offset = 0;  ///< in the plain bytes of the block
    std::size_t length = 0;
    bool is_last = true;     ///< the file ends with them
};

/// A block in memory: its place in the archive, and in the blob. Used again for later blocks.
struct built_block
{
    std::span<std::byte const> plain;   ///< empty if `goes_on` and nobody has needed it yet
    std::span<std::byte const> packed;  ///< may be `plain`
    block_record record;                ///< all but its place in the blob and the sums up to it
    bool goes_on = false;               ///< it is the block with the same number of the layer of before
    std::vector<unknown_content> unknown;

    byte_buffer plain_memory;
    byte_buffer packed_memory;
};

/// Makes one block after the other. For one thread; many may share items and store.
class block_builder
{
public:
    block_builder(std::span<layer_item const> items, block_store& store, block_codec codec,
                  layer_form form = layer_form::plain)
        : items_(items), store_(store), codec_(std::move(codec)), form_(form)
    {}

    /// What stands for the bytes of a block; nothing if some content has no known digest.
    ACRX_DECL std::optional<sha256_bytes> key_of(archive_block const& block);
    /// Fills `into.plain`, taking the block over where it can; `into.packed` too in that case.
    /// Leaves out `into.plain` where all blocks so far are those of before.
    /// @return  whether it was taken over
    /// @throws error if a file cannot be read or has another size than its entry says
    ACRX_DECL bool fill(std::size_t number, archive_block const& block, built_block& into);
    /// Compresses what `fill` did not take over, and completes the record.
    ACRX_DECL void pack(built_block& block);

private:
    ACRX_DECL void write_headers(archive_block const& block);
    ACRX_DECL bool take_over(std::size_t number, built_block& into);
    ACRX_DECL void assemble(archive_block const& block, std::span<std::byte> memory, built_block& into);

    std::span<layer_item const> items_;
    block_store& store_;
    block_codec codec_;
    layer_form form_;
    std::string facts_;                     ///< that the key of one block is made of
    std::string headers_;                   ///< of the entries of one block, joined
    std::vector<std::size_t> header_ends_;  ///< in `headers_`, by entry
    sha256 sum_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/block_builder.ipp>
#endif
#endif
