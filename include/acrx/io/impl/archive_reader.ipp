// Bodies of io/archive_reader.hpp.
#ifndef ACRX_IO_IMPL_ARCHIVE_READER_IPP
#define ACRX_IO_IMPL_ARCHIVE_READER_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/detail/archive_state.hpp>
#include <acrx/io/impl/archive_sparse.ipp>
#include <acrx/io/tar_format.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace acrx {
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
