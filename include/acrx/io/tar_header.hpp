// Writes the header of a tar member: ustar where it fits, pax where it must (POSIX.1-2001).
#ifndef ACRX_IO_TAR_HEADER_HPP
#define ACRX_IO_TAR_HEADER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/tar_format.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// Zero bytes at the end of an archive.
constexpr std::size_t tar_end_size = 2 * tar_block;

/// Bytes that fill a content of `size` bytes up to whole blocks.
constexpr std::uint64_t tar_padding(std::uint64_t size)
{
    return (tar_block - size % tar_block) % tar_block;
}

/// What a header says. Looks at texts that its maker keeps.
struct tar_member
{
    std::string_view name;  ///< not empty; a folder's ends in a slash
    std::string_view link = {};
    char type = '0';  ///< of POSIX: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` folder, `6` fifo
    std::uint32_t mode = 0644;  ///< with bits of the type only where a system reads them there
    std::uint64_t uid = 0;
    std::uint64_t gid = 0;
    std::uint64_t size = 0;  ///< bytes that follow, without padding
    time_point mtime{};
    std::uint64_t device_major = 0;  ///< at most 07777777, like the minor number
    std::uint64_t device_minor = 0;
    std::span<std::pair<std::string, std::string> const> xattrs = {};  ///< name and raw value
    std::optional<time_point> created = {};  ///< when the file was made; nothing says nothing of it
    std::span<std::pair<std::string_view, std::string_view> const> records = {};  ///< further ones of pax
};

/// Appends the header blocks of a member.
ACRX_DECL void append_tar_header(tar_member const& member, std::string& to);
/// The bytes that `append_tar_header` appends.
ACRX_DECL std::size_t tar_header_size(tar_member const& member);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/tar_header.ipp>
#endif
#endif
