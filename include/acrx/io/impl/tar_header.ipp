// Bodies of io/tar_header.hpp.
#ifndef ACRX_IO_IMPL_TAR_HEADER_IPP
#define ACRX_IO_IMPL_TAR_HEADER_IPP
#include <acrx/io/tar_header.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace acrx::detail {
constexpr std::uint64_t octal_limit_7 = 07777777;       // uid, gid, device numbers
constexpr std::uint64_t octal_limit_11 = 077777777777;  // size, mtime
constexpr std::size_t tar_name_size = 100;
constexpr std::size_t tar_prefix_size = 155;

inline bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

/// Where a long name is cut for the fields `prefix` and `name`; npos if it cannot be.
inline std::size_t tar_split(std::string_view name)
{
    auto const cut = name.substr(0, std::min(name.size() - 1, tar_prefix_size + 1)).rfind('/');
    bool const fits = cut != std::string_view::npos && cut > 0 && name.size() - cut - 1 <= tar_name_size;
    return fits ? cut : std::string_view::npos;
}

inline bool fits_tar_name(std::string_view name)
{
    return is_ascii(name) && (name.size() <= tar_name_size || tar_split(name) != std::string_view::npos);
}

inline bool is_plain_time(time_point t)
{
    auto const nanoseconds = t.time_since_epoch().count();
    return nanoseconds >= 0 && nanoseconds % 1'000'000'000 == 0
           && static_cast<std::uint64_t>(nanoseconds / 1'000'000'000) <= octal_limit_11;
}

/// A number or time as text, without a heap.
class pax_digits
{
public:
    explicit pax_digits(std::uint64_t number) { append(number); }
    /// Seconds with as much of a fraction as is needed.
    explicit pax_digits(time_point t)
    {
        auto const count = t.time_since_epoch().count();
        auto const size = count < 0 ? ~static_cast<std::uint64_t>(count) + 1 : static_cast<std::uint64_t>(count);
        if (count < 0)
            *end_++ = '-';
        append(size / 1'000'000'000);
        if (auto const fraction = size % 1'000'000'000; fraction != 0) {
            auto* const point = end_;
            append(1'000'000'000 + fraction);
            *point = '.';  // in place of the leading 1
            while (end_[-1] == '0')
                --end_;
        }
    }
    std::string_view text() const { return {text_.data(), static_cast<std::size_t>(end_ - text_.data())}; }

private:
    void append(std::uint64_t number) { end_ = std::to_chars(end_, text_.data() + text_.size(), number).ptr; }

    std::array<char, 40> text_;
    char* end_ = text_.data();
};

/// Of a record `LENGTH KEY=VALUE\n`; the length counts itself.
inline std::size_t pax_record_size(std::string_view key, std::string_view value)
{
    auto const rest = key.size() + value.size() + 3;
    auto const length = rest + pax_digits(rest).text().size();
    return rest + pax_digits(length).text().size();
}

/// Calls `use(key, value)` for all that a plain header cannot say.
template<class Use>
void for_each_pax_record(tar_member const& member, Use use)
{
    if (!fits_tar_name(member.name))
        use("path", member.name);
    if (member.link.size() > tar_name_size || !is_ascii(member.link))
        use("linkpath", member.link);
    if (member.size > octal_limit_11)
        use("size", pax_digits(member.size).text());
    if (member.uid > octal_limit_7)
        use("uid", pax_digits(member.uid).text());
    if (member.gid > octal_limit_7)
        use("gid", pax_digits(member.gid).text());
    if (!is_plain_time(member.mtime))
        use("mtime", pax_digits(member.mtime).text());
    for (auto const& [key, value] : member.xattrs)
        use("SCHILY.xattr." + key, value);
    if (member.created)
        use("LIBARCHIVE.creationtime", pax_digits(*member.created).text());
    for (auto const& [key, value] : member.records)
        use(key, value);
}

inline std::string pax_records_of(tar_member const& member)
{
    std::string records;
    for_each_pax_record(member, [&](std::string_view key, std::string_view value) {
        records.append(pax_digits(pax_record_size(key, value)).text());
        records.append(" ").append(key).append("=").append(value).append("\n");
    });
    return records;
}

/// A ustar header block in the making.
class ustar_block
{
public:
    /// Appends a block to `to`, which must not change until `finish`.
    explicit ustar_block(std::string& to)
    {
        to.append(tar_block, '\0');
        block_ = std::span(to).last<tar_block>();
        text(257, std::string_view("ustar\0" "00", 8));
    }

    void text(std::size_t offset, std::string_view value)
    {
        std::memcpy(block_.data() + offset, value.data(), value.size());
    }
    /// Zero-filled octal digits and a NUL; a value that does not fit is told by a pax record and left 0 here.
    void octal(std::size_t offset, std::size_t size, std::uint64_t value)
    {
        auto const digits = size - 1;
        if (value >> (3 * digits) != 0)
            value = 0;
        for (std::size_t i = digits; i-- > 0; value >>= 3U)
            block_[offset + i] = static_cast<char>('0' + (value & 7U));
    }
    void name(std::string_view whole)
    {
        auto const cut = whole.size() > tar_name_size ? tar_split(whole) : std::string_view::npos;
        if (cut != std::string_view::npos) {
            text(345, whole.substr(0, cut));
            whole.remove_prefix(cut + 1);
        }
        plain_text(0, whole);
    }
    /// What a reader without pax sees: cut off, and nothing but ASCII.
    void plain_text(std::size_t offset, std::string_view value)
    {
        value = value.substr(0, tar_name_size);
        std::transform(value.begin(), value.end(), block_.begin() + static_cast<std::ptrdiff_t>(offset),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80U ? c : '_'; });
    }
    void finish(char type)
    {
        block_[156] = type;
        text(148, "        ");
        unsigned sum = 0;
        for (char c : block_)
            sum += static_cast<unsigned char>(c);
        octal(148, 7, sum);
    }

private:
    std::span<char> block_;
};

inline void append_pax_header(std::string& to, std::string_view name, std::string_view records)
{
    ustar_block block(to);
    block.plain_text(0, "PaxHeaders.0/" + std::string(name));
    block.octal(100, 8, 0644);
    block.octal(108, 8, 0);
    block.octal(116, 8, 0);
    block.octal(124, 12, records.size());
    block.octal(136, 12, 0);
    block.octal(329, 8, 0);
    block.octal(337, 8, 0);
    block.finish('x');
    to.append(records).append(tar_padding(records.size()), '\0');
}

ACRX_DECL void append_tar_header(tar_member const& member, std::string& to)
{
    if (auto const records = pax_records_of(member); !records.empty())
        append_pax_header(to, member.name, records);
    ustar_block block(to);
    block.name(member.name);
    block.octal(100, 8, member.mode);
    block.octal(108, 8, member.uid);
    block.octal(116, 8, member.gid);
    block.octal(124, 12, member.size);
    auto const seconds = std::chrono::floor<std::chrono::seconds>(member.mtime).time_since_epoch().count();
    block.octal(136, 12, seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds));
    block.plain_text(157, member.link);
    block.octal(329, 8, member.device_major);
    block.octal(337, 8, member.device_minor);
    block.finish(member.type);
}

ACRX_DECL std::size_t tar_header_size(tar_member const& member)
{
    std::size_t records = 0;
    for_each_pax_record(member, [&](std::string_view key, std::string_view value) { records += pax_record_size(key, value); });
    return tar_block + (records == 0 ? 0 : tar_block + records + tar_padding(records));
}
}  // namespace acrx::detail
#endif
