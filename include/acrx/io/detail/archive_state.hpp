// What an archive reader knows while it goes from entry to entry.
#ifndef ACRX_IO_DETAIL_ARCHIVE_STATE_HPP
#define ACRX_IO_DETAIL_ARCHIVE_STATE_HPP

#include <acrx/core/error.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/tar_format.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// A run of data in a sparse file.
struct sparse_run
{
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

/// What the headers before an entry's own say about it.
struct tar_extensions
{
    std::optional<std::string> path;
    std::optional<std::string> link;
    pax_records pax;

    std::string const* find(std::string_view key) const
    {
        std::string const* found = nullptr;
        for (auto const& [name, value] : pax)
            if (name == key)
                found = value.empty() ? nullptr : &value;
        return found;
    }
};
}  // namespace detail

struct archive_reader::state
{
    state(byte_source from, std::string name, archive_limits most)
        : in(std::move(from)), archive(std::move(name)), limits(most)
    {}

    [[noreturn]] void fail(std::string const& why) const
    {
        auto doing = "reading the archive " + archive + ": " + why;
        if (!entry.path.empty())
            doing += " after the entry " + entry.path.substr(0, 200);
        throw error(errc::damaged, doing);
    }

    void refill()
    {
        if (rest.empty() && !ended) {
            rest = in();
            ended = rest.empty();
            bytes += rest.size();
        }
    }
    /// Up to `most` next bytes, without copying them; none only at the end.
    std::span<std::byte const> take_some(std::uint64_t most)
    {
        refill();
        auto const piece = rest.first(static_cast<std::size_t>(std::min<std::uint64_t>(most, rest.size())));
        rest = rest.subspan(piece.size());
        return piece;
    }
    /// A whole block; nothing at the end of the stream.
    std::optional<std::span<std::byte const>> take_block()
    {
        auto const first = take_some(detail::tar_block);
        if (first.size() == detail::tar_block)
            return first;
        if (first.empty())
            return std::nullopt;
        auto filled = static_cast<std::size_t>(std::copy(first.begin(), first.end(), block.begin()) - block.begin());
        while (filled < block.size()) {
            auto const more = take_some(block.size() - filled);
            if (more.empty())
                fail("it ends too early");
            std::copy(more.begin(), more.end(), block.begin() + static_cast<std::ptrdiff_t>(filled));
            filled += more.size();
        }
        return std::span<std::byte const>(block);
    }
    std::span<std::byte const> need_block()
    {
        auto const found = take_block();
        if (!found)
            fail("it ends too early");
        return *found;
    }
    void skip(std::uint64_t size)
    {
        while (size > 0) {
            auto const piece = take_some(size);
            if (piece.empty())
                fail("it ends too early");
            size -= piece.size();
        }
    }
    static std::uint64_t padding(std::uint64_t size) { return (detail::tar_block - size % detail::tar_block) % detail::tar_block; }

    std::uint64_t number(detail::tar_header const& header, std::size_t at, std::size_t size, char const* what) const
    {
        auto const value = header.number(at, size);
        if (!value || *value < 0)
            fail(std::string("a header holds no valid ") + what);
        return static_cast<std::uint64_t>(*value);
    }
    std::uint32_t small_number(std::uint64_t value, char const* what) const
    {
        if (value > std::numeric_limits<std::uint32_t>::max())
            fail(std::string("a header holds a too large ") + what);
        return static_cast<std::uint32_t>(value);
    }

    /// The body of an extended header.
    std::string take_body(std::uint64_t size)
    {
        header_bytes += size;
        if (header_bytes > limits.header_bytes)
            fail("more than " + std::to_string(limits.header_bytes) + " bytes of extended headers for one entry");
        std::string body;
        body.reserve(static_cast<std::size_t>(size));
        for (std::uint64_t left = size; left > 0;) {
            auto const piece = take_some(left);
            if (piece.empty())
                fail("it ends too early");
            body.append(reinterpret_cast<char const*>(piece.data()), piece.size());
            left -= piece.size();
        }
        skip(padding(size));
        return body;
    }

    bool next_entry();
    bool read_extension(detail::tar_header const& header, detail::tar_extensions& more);
    void read_entry(detail::tar_header const& header, detail::tar_extensions const& more);
    void read_numbers(detail::tar_header const& header, detail::tar_extensions const& more);
    void read_type(char type);
    void read_xattrs(detail::tar_extensions const& more);
    void read_gnu_sparse(detail::tar_header const& header);
    void read_pax_sparse(detail::tar_extensions const& more);
    void read_sparse_map_from_data();
    void add_run(std::uint64_t offset, std::uint64_t size);
    void check_runs();
    void check_limits();

    byte_source in;
    std::string archive;
    archive_limits limits;
    std::span<std::byte const> rest;
    std::array<std::byte, detail::tar_block> block{};
    std::uint64_t bytes = 0;
    std::uint64_t header_bytes = 0;
    std::uint64_t entries = 0;
    std::uint64_t content_bytes = 0;
    bool ended = false;
    bool finished = false;

    archive_entry_info entry;
    std::uint64_t stored = 0;   ///< bytes of the entry that are still in the stream
    std::uint64_t behind = 0;   ///< and the padding after them
    std::uint64_t offset = 0;   ///< of the next piece, for a file that is not sparse
    bool is_sparse = false;
    std::vector<detail::sparse_run> runs;
    std::size_t run = 0;
};
}  // namespace acrx
#endif
