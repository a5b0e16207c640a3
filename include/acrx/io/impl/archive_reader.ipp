// Bodies of io/archive_reader.hpp.
#ifndef ACRX_IO_IMPL_ARCHIVE_READER_IPP
#define ACRX_IO_IMPL_ARCHIVE_READER_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/detail/tar_format.hpp>

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

inline bool archive_reader::state::next_entry()
{
    skip(stored);
    skip(behind);
    stored = behind = 0;
    header_bytes = 0;
    detail::tar_extensions more;
    bool extended = false;
    while (!finished) {
        auto const found = take_block();
        detail::tar_header const header(found ? *found : std::span<std::byte const>(block));
        if (!found || header.is_zero()) {
            if (extended)
                fail("it ends after an extended header");
            if (found && !detail::tar_header(need_block()).is_zero())
                fail("a lone block of zeros");
            finished = true;
            break;
        }
        if (!header.is_sound())
            fail(entries == 0 ? "it is no tar archive" : "a header has a wrong check sum");
        if (!read_extension(header, more)) {
            read_entry(header, more);
            return true;
        }
        extended = true;
    }
    return false;
}

inline bool archive_reader::state::read_extension(detail::tar_header const& header, detail::tar_extensions& more)
{
    auto const type = header.type();
    if (std::string_view("xXgLKV").find(type) == std::string_view::npos)
        return false;
    auto const size = number(header, 124, 12, "size");
    if (type == 'V' || type == 'g') {  // a volume's label; defaults for all entries, which layers do not have
        auto const skipped = take_body(size);
        if (type == 'g' && !detail::parse_pax(skipped))
            fail("a pax header is malformed");
        return true;
    }
    auto body = take_body(size);
    if (type == 'L' || type == 'K') {
        body.resize(std::min(body.size(), body.find('\0')));
        (type == 'L' ? more.path : more.link) = std::move(body);
        return true;
    }
    auto records = detail::parse_pax(body);
    if (!records)
        fail("a pax header is malformed");
    more.pax = std::move(*records);
    return true;
}

inline void archive_reader::state::read_entry(detail::tar_header const& header, detail::tar_extensions const& more)
{
    auto const* pax_path = more.find("path");
    auto const* pax_link = more.find("linkpath");
    auto path = pax_path != nullptr ? *pax_path : more.path ? *more.path : header.name();
    auto target = pax_link != nullptr ? *pax_link : more.link ? *more.link : std::string(header.text(157, 100));
    entry = {};
    entry.path = std::move(path);
    entry.link = std::move(target);
    runs.clear();
    run = 0;
    offset = 0;
    is_sparse = false;
    read_numbers(header, more);
    read_type(header.type());
    read_xattrs(more);
    bool const has_content = entry.type == archive_type::regular;
    if (!has_content && header.type() != 'D')  // a GNU dump's folder carries a list
        stored = 0;
    behind = padding(stored);
    entry.size = has_content ? stored : 0;
    if (header.type() == 'S')
        read_gnu_sparse(header);
    else if (has_content)
        read_pax_sparse(more);
    check_limits();
}

inline void archive_reader::state::read_numbers(detail::tar_header const& header, detail::tar_extensions const& more)
{
    auto const value = [&](char const* key, std::size_t at, std::size_t size) {
        auto const* text = more.find(key);
        if (text == nullptr)
            return number(header, at, size, key);
        auto const parsed = detail::parse_decimal(*text);
        if (!parsed)
            fail(std::string("a pax header holds no valid ") + key);
        return *parsed;
    };
    stored = value("size", 124, 12);
    entry.mode = static_cast<std::uint32_t>(number(header, 100, 8, "mode") & 07777U);
    entry.uid = small_number(value("uid", 108, 8), "uid");
    entry.gid = small_number(value("gid", 116, 8), "gid");
    if (auto const* text = more.find("mtime")) {
        auto const time = detail::parse_pax_time(*text);
        if (!time)
            fail("a pax header holds no valid mtime");
        entry.mtime = *time;
    } else {
        auto const seconds = header.number(136, 12);
        if (!seconds)
            fail("a header holds no valid mtime");
        entry.mtime = detail::clamp_seconds(*seconds);
    }
    if (header.type() == '3' || header.type() == '4') {
        entry.device_major = small_number(number(header, 329, 8, "device number"), "device number");
        entry.device_minor = small_number(number(header, 337, 8, "device number"), "device number");
    }
}

inline void archive_reader::state::read_type(char type)
{
    switch (type) {
    case '0':
    case '\0':
        // Before ustar a folder was told by its slash.
        entry.type = entry.path.ends_with('/') ? archive_type::directory : archive_type::regular;
        return;
    case '7':
    case 'S': entry.type = archive_type::regular; return;
    case '1': entry.type = archive_type::hard_link; return;
    case '2': entry.type = archive_type::symbolic_link; return;
    case '3': entry.type = archive_type::character_device; return;
    case '4': entry.type = archive_type::block_device; return;
    case '5':
    case 'D': entry.type = archive_type::directory; return;
    case '6': entry.type = archive_type::fifo; return;
    default: fail("the entry " + entry.path.substr(0, 200) + " has an unknown type");
    }
}

inline void archive_reader::state::read_xattrs(detail::tar_extensions const& more)
{
    constexpr std::string_view raw = "SCHILY.xattr.";
    constexpr std::string_view encoded = "LIBARCHIVE.xattr.";
    for (auto const& [key, value] : more.pax)
        if (key.starts_with(encoded)) {
            auto decoded = detail::decode_base64(value);
            if (!decoded)
                fail("a pax header holds an extended attribute that is no base64");
            entry.xattrs[detail::decode_percent(std::string_view(key).substr(encoded.size()))] = std::move(*decoded);
        }
    for (auto const& [key, value] : more.pax)
        if (key.starts_with(raw))
            entry.xattrs[key.substr(raw.size())] = value;
}

inline void archive_reader::state::add_run(std::uint64_t at, std::uint64_t size)
{
    if (runs.size() >= limits.header_bytes / sizeof(detail::sparse_run))
        fail("a sparse file has too many pieces");
    if (size > 0)
        runs.push_back({at, size});
}

inline void archive_reader::state::check_runs()
{
    is_sparse = true;
    std::uint64_t end = 0;
    std::uint64_t sum = 0;
    for (auto const& piece : runs) {
        if (piece.offset < end || piece.offset > entry.size || piece.size > entry.size - piece.offset)
            fail("a sparse file has overlapping pieces");
        end = piece.offset + piece.size;
        sum += piece.size;
    }
    if (sum != stored)
        fail("a sparse file has pieces of another size than its data");
}

inline void archive_reader::state::read_gnu_sparse(detail::tar_header const& header)
{
    auto const take_runs = [&](detail::tar_header const& from, std::size_t at, int count) {
        for (int i = 0; i < count; ++i, at += 24)
            if (!from.text(at, 24).empty())
                add_run(number(from, at, 12, "piece"), number(from, at + 12, 12, "piece"));
    };
    entry.size = number(header, 483, 12, "size");
    take_runs(header, 386, 4);
    for (bool more = header.field(482, 1)[0] != '\0'; more;) {
        detail::tar_header const next(need_block());
        take_runs(next, 0, 21);
        more = next.field(504, 1)[0] != '\0';
    }
    check_runs();
}

inline void archive_reader::state::read_pax_sparse(detail::tar_extensions const& more)
{
    auto const decimal = [&](std::string_view text) {
        auto const value = detail::parse_decimal(text);
        if (!value)
            fail("a sparse file has a malformed map");
        return *value;
    };
    auto const* major = more.find("GNU.sparse.major");
    auto const* size = more.find(major != nullptr ? "GNU.sparse.realsize" : "GNU.sparse.size");
    if (size == nullptr)
        return;
    entry.size = decimal(*size);
    if (auto const* name = more.find("GNU.sparse.name"))
        entry.path = *name;
    if (major != nullptr && *major == "1") {
        read_sparse_map_from_data();
        check_runs();
        return;
    }
    if (auto const* map = more.find("GNU.sparse.map")) {
        std::string_view left = *map;
        while (!left.empty()) {
            std::array<std::uint64_t, 2> pair{};
            for (auto& value : pair) {
                auto const comma = std::min(left.find(','), left.size());
                value = decimal(left.substr(0, comma));
                left.remove_prefix(std::min(comma + 1, left.size()));
            }
            add_run(pair[0], pair[1]);
        }
    } else {
        std::uint64_t at = 0;
        for (auto const& [key, value] : more.pax)
            if (key == "GNU.sparse.offset")
                at = decimal(value);
            else if (key == "GNU.sparse.numbytes")
                add_run(at, decimal(value));
    }
    check_runs();
}

/// Version 1.0 writes the map before the data, a number a line, filled up to a whole block.
inline void archive_reader::state::read_sparse_map_from_data()
{
    std::string text;
    std::size_t at = 0;
    auto const next_number = [&] {
        auto end = text.find('\n', at);
        while (end == std::string::npos) {
            if (stored < detail::tar_block || text.size() > limits.header_bytes)
                fail("a sparse file has a malformed map");
            auto const more = need_block();
            stored -= detail::tar_block;
            text.append(reinterpret_cast<char const*>(more.data()), more.size());
            end = text.find('\n', at);
        }
        auto const value = detail::parse_decimal(std::string_view(text).substr(at, end - at));
        if (!value)
            fail("a sparse file has a malformed map");
        at = end + 1;
        return *value;
    };
    for (auto count = next_number(); count > 0; --count) {
        auto const start = next_number();
        add_run(start, next_number());
    }
}

inline void archive_reader::state::check_limits()
{
    if (++entries > limits.entries)
        fail("it has more than " + std::to_string(limits.entries) + " entries");
    if (entry.size > limits.content_bytes - content_bytes)
        fail("its files have more than " + std::to_string(limits.content_bytes) + " bytes");
    content_bytes += entry.size;
    if (entry.path.size() > limits.path_length || entry.link.size() > limits.path_length)
        fail("it has a name of more than " + std::to_string(limits.path_length) + " bytes");
    if (entry.path.find('\0') != std::string::npos || entry.link.find('\0') != std::string::npos)
        fail("it has a name with a zero byte");
}

ACRX_DECL archive_reader::archive_reader(byte_source in, std::string name, archive_limits limits)
    : state_(std::make_unique<state>(std::move(in), std::move(name), limits))
{}
ACRX_DECL archive_reader::archive_reader(archive_reader&&) noexcept = default;
ACRX_DECL archive_reader& archive_reader::operator=(archive_reader&&) noexcept = default;
ACRX_DECL archive_reader::~archive_reader() = default;

ACRX_DECL archive_entry_info const* archive_reader::next()
{
    return state_->next_entry() ? &state_->entry : nullptr;
}

ACRX_DECL std::optional<content_piece> archive_reader::content()
{
    auto& s = *state_;
    if (s.stored == 0 || s.entry.type != archive_type::regular)
        return std::nullopt;
    auto most = s.stored;
    auto at = s.offset;
    if (s.is_sparse) {
        auto const& piece = s.runs[s.run];
        most = piece.size - s.offset;
        at = piece.offset + s.offset;
    }
    auto const bytes = s.take_some(most);
    if (bytes.empty())
        s.fail("it ends too early");
    s.stored -= bytes.size();
    s.offset += bytes.size();
    if (s.is_sparse && s.offset == s.runs[s.run].size) {
        ++s.run;
        s.offset = 0;
    }
    return content_piece{at, bytes};
}

ACRX_DECL std::string archive_reader::read_content(std::uint64_t limit)
{
    std::string bytes(static_cast<std::size_t>(std::min(limit, state_->entry.size)), '\0');
    while (auto const piece = content()) {
        if (piece->offset >= bytes.size())
            break;
        auto const size = std::min(piece->bytes.size(), bytes.size() - static_cast<std::size_t>(piece->offset));
        std::memcpy(bytes.data() + piece->offset, piece->bytes.data(), size);
    }
    return bytes;
}

ACRX_DECL std::uint64_t archive_reader::drain()
{
    auto& s = *state_;
    while (!s.finished)
        next();
    while (!s.take_some(std::numeric_limits<std::uint64_t>::max()).empty()) {
    }
    return s.bytes;
}

ACRX_DECL bool archive_reader::is_header(std::span<std::byte const> block)
{
    return block.size() >= detail::tar_block && !detail::tar_header(block).is_zero() && detail::tar_header(block).is_sound();
}
}  // namespace acrx
#endif
