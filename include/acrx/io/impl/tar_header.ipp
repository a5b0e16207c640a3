// Bodies of io/tar_header.hpp.
#ifndef ACRX_IO_IMPL_TAR_HEADER_IPP
#define ACRX_IO_IMPL_TAR_HEADER_IPP
#include <acrx/io/tar_header.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>

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

/// Seconds with as much of a fraction as is needed.
inline std::string pax_time(time_point t)
{
    auto const count = t.time_since_epoch().count();
    auto const size = count < 0 ? ~static_cast<std::uint64_t>(count) + 1 : static_cast<std::uint64_t>(count);
    std::string text = (count < 0 ? "-" : "") + std::to_string(size / 1'000'000'000);
    if (auto const rest = size % 1'000'000'000; rest != 0) {
        auto const digits = std::to_string(1'000'000'000 + rest);
        text += '.' + digits.substr(1, digits.find_last_not_of('0'));
    }
    return text;
}

/// `LENGTH KEY=VALUE\n`, where the length counts itself.
inline void append_pax_record(std::string& to, std::string_view key, std::string_view value)
{
    auto const rest = key.size() + value.size() + 3;
    auto length = rest + std::to_string(rest).size();
    length = rest + std::to_string(length).size();
    to.append(std::to_string(length)).append(" ").append(key).append("=").append(value).append("\n");
}

inline std::string pax_records_of(tar_member const& member)
{
    std::string records;
    if (!fits_tar_name(member.name))
        append_pax_record(records, "path", member.name);
    if (member.link.size() > tar_name_size || !is_ascii(member.link))
        append_pax_record(records, "linkpath", member.link);
    if (member.size > octal_limit_11)
        append_pax_record(records, "size", std::to_string(member.size));
    if (member.uid > octal_limit_7)
        append_pax_record(records, "uid", std::to_string(member.uid));
    if (member.gid > octal_limit_7)
        append_pax_record(records, "gid", std::to_string(member.gid));
    if (!is_plain_time(member.mtime))
        append_pax_record(records, "mtime", pax_time(member.mtime));
    for (auto const& [key, value] : member.xattrs)
        append_pax_record(records, "SCHILY.xattr." + key, value);
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
    block.octal(100, 8, member.mode & 07777U);
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
    bool const is_ustar = member.name.size() <= tar_name_size && member.xattrs.empty() && is_plain_time(member.mtime)
                          && member.link.size() <= tar_name_size && is_ascii(member.name) && is_ascii(member.link)
                          && member.size <= octal_limit_11 && member.uid <= octal_limit_7 && member.gid <= octal_limit_7;
    if (is_ustar)
        return tar_block;
    auto const records = pax_records_of(member);
    return tar_block + (records.empty() ? 0 : tar_block + records.size() + tar_padding(records.size()));
}
}  // namespace acrx::detail
#endif
