// What a layer needs to know of a file of this machine.
#ifndef ACRX_CONTEXT_DETAIL_DESCRIBE_FILE_HPP
#define ACRX_CONTEXT_DETAIL_DESCRIBE_FILE_HPP

#include <acrx/context/stat_index.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/source_file.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
inline std::int64_t nanoseconds_of(timespec const& t)
{
    return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

inline file_stamp stamp_of(struct stat const& s)
{
    return {s.st_dev, s.st_ino, static_cast<std::uint64_t>(s.st_size), nanoseconds_of(s.st_mtim),
            nanoseconds_of(s.st_ctim)};
}

/// Nothing for sockets, which no layer can hold.
inline std::optional<entry_type> type_of_mode(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG: return entry_type::regular;
    case S_IFDIR: return entry_type::directory;
    case S_IFLNK: return entry_type::symbolic_link;
    case S_IFCHR: return entry_type::character_device;
    case S_IFBLK: return entry_type::block_device;
    case S_IFIFO: return entry_type::fifo;
    default: return std::nullopt;
    }
}

/// The attributes that go into a layer; file systems without attributes have none.
inline std::vector<std::pair<std::string, std::string>> attributes_of(std::string const& path)
{
    std::array<char, 1024> names;
    auto const length = ::llistxattr(path.c_str(), names.data(), names.size());
    if (length <= 0)
        return {};
    std::vector<std::pair<std::string, std::string>> attributes;
    for (char const* name = names.data(); name < names.data() + length; name += std::string_view(name).size() + 1) {
        auto const text = std::string_view(name);
        if (!text.starts_with("user.") && text != "security.capability")
            continue;
        std::string value(65536, '\0');
        auto const size = ::lgetxattr(path.c_str(), name, value.data(), value.size());
        if (size < 0)
            continue;
        value.resize(static_cast<std::size_t>(size));
        attributes.emplace_back(text, std::move(value));
    }
    std::sort(attributes.begin(), attributes.end());
    return attributes;
}

/// The entry of a file of a context; `path` is relative, `file` is where it is.
/// @param stats  may be null
inline std::optional<source_file> describe_file(std::string path, std::string file, struct stat const& s,
                                                stat_index* stats)
{
    auto const type = type_of_mode(s.st_mode);
    if (!type)
        return std::nullopt;
    source_file found;
    auto& entry = found.item.entry;
    entry.type = *type;
    entry.mode = s.st_mode & 07777;
    entry.mtime = time_point(std::chrono::nanoseconds(nanoseconds_of(s.st_mtim)));
    if (type == entry_type::character_device || type == entry_type::block_device) {
        entry.device_major = static_cast<std::uint32_t>(major(s.st_rdev));
        entry.device_minor = static_cast<std::uint32_t>(minor(s.st_rdev));
    } else if (type == entry_type::symbolic_link) {
        entry.link = std::filesystem::read_symlink(file).string();
    } else if (type == entry_type::regular) {
        entry.size = static_cast<std::uint64_t>(s.st_size);
        if (s.st_nlink > 1)
            found.link_group = std::to_string(s.st_dev) + ":" + std::to_string(s.st_ino);
        auto const stamp = stamp_of(s);
        auto const known = stats != nullptr ? stats->find(file, stamp) : std::nullopt;
        if (known)
            entry.content = known->content;
        else
            found.stamp.assign(reinterpret_cast<char const*>(&stamp), sizeof stamp);
        if (!known || known->has_attributes)
            entry.xattrs = attributes_of(file);
        found.item.file = std::move(file);
    }
    if (type != entry_type::regular)
        entry.xattrs = attributes_of(file);
    entry.path = std::move(path);
    return found;
}

/// The names in an open folder, sorted.
inline std::vector<std::string> names_in(int folder, std::string const& path)
{
    std::unique_ptr<DIR, int (*)(DIR*)> const stream(::fdopendir(::dup(folder)), ::closedir);
    if (!stream)
        throw_errno("reading the folder \"" + path + "\"");
    std::vector<std::string> names;
    while (auto const* entry = ::readdir(stream.get())) {
        std::string_view const name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline sha256_bytes hash_file(std::string const& file, std::vector<std::byte>& buffer)
{
    unique_fd const opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened)
        throw_errno("reading \"" + file + "\"");
    sha256 hash;
    for (;;) {
        auto const got = ::read(opened.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw_errno("reading \"" + file + "\"");
        if (got == 0)
            return hash.finish_bytes();
        hash.update(std::span(buffer).first(static_cast<std::size_t>(got)));
    }
}
}  // namespace acrx::detail
#endif
