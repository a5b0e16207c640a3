// What libarchive, which shares no code with ours, reads from a layer.
#ifndef ACRX_TESTS_SUPPORT_FOREIGN_READER_HPP
#define ACRX_TESTS_SUPPORT_FOREIGN_READER_HPP

#include <archive.h>
#include <archive_entry.h>
#include <boost/test/unit_test.hpp>

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace acrx::testing {
/// The plain archive, by libarchive's decompression.
inline std::string archive_in(std::filesystem::path const& blob)
{
    std::unique_ptr<archive, int (*)(archive*)> in(archive_read_new(), archive_read_free);
    archive_read_support_filter_gzip(in.get());
    archive_read_support_filter_zstd(in.get());
    archive_read_support_format_raw(in.get());
    BOOST_REQUIRE_EQUAL(archive_read_open_filename(in.get(), blob.c_str(), 65536), ARCHIVE_OK);
    archive_entry* entry = nullptr;
    BOOST_REQUIRE_EQUAL(archive_read_next_header(in.get(), &entry), ARCHIVE_OK);
    std::string bytes;
    std::string piece(65536, '\0');
    for (la_ssize_t got = 1; got > 0;) {
        got = archive_read_data(in.get(), piece.data(), piece.size());
        BOOST_REQUIRE_GE(got, 0);
        bytes.append(piece, 0, static_cast<std::size_t>(got));
    }
    return bytes;
}

/// An entry as libarchive sees it.
struct read_back
{
    std::string link;
    std::string content;
    mode_t type = 0;
    mode_t mode = 0;
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::int64_t seconds = 0;
    long nanoseconds = 0;
    std::int64_t size = 0;
    dev_t device = 0;
    std::map<std::string, std::string> xattrs;
    std::string owner;
};

/// All entries by name, by libarchive, in the C locale's bytes.
inline std::vector<std::pair<std::string, read_back>> entries_in(std::filesystem::path const& blob)
{
    std::unique_ptr<archive, int (*)(archive*)> in(archive_read_new(), archive_read_free);
    archive_read_support_filter_gzip(in.get());
    archive_read_support_filter_zstd(in.get());
    archive_read_support_format_tar(in.get());
    archive_read_set_options(in.get(), "hdrcharset=BINARY");
    BOOST_REQUIRE_EQUAL(archive_read_open_filename(in.get(), blob.c_str(), 65536), ARCHIVE_OK);
    std::vector<std::pair<std::string, read_back>> all;
    archive_entry* entry = nullptr;
    for (int state = 0; (state = archive_read_next_header(in.get(), &entry)) != ARCHIVE_EOF;) {
        BOOST_REQUIRE_GE(state, ARCHIVE_WARN);
        read_back got;
        auto const* link = archive_entry_hardlink(entry) != nullptr ? archive_entry_hardlink(entry)
                                                                    : archive_entry_symlink(entry);
        got.link = link != nullptr ? link : "";
        got.type = archive_entry_filetype(entry);
        got.mode = archive_entry_perm(entry);
        got.uid = archive_entry_uid(entry);
        got.gid = archive_entry_gid(entry);
        got.seconds = archive_entry_mtime(entry);
        got.nanoseconds = archive_entry_mtime_nsec(entry);
        got.size = archive_entry_size(entry);
        got.device = archive_entry_rdev(entry);
        auto const* owner = archive_entry_uname(entry);
        got.owner = owner != nullptr ? owner : "";
        archive_entry_xattr_reset(entry);
        char const* name = nullptr;
        void const* value = nullptr;
        std::size_t size = 0;
        while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK)
            got.xattrs[name] = std::string(static_cast<char const*>(value), size);
        got.content.resize(static_cast<std::size_t>(got.size));
        if (got.size > 0)
            BOOST_REQUIRE_EQUAL(archive_read_data(in.get(), got.content.data(), got.content.size()), got.size);
        all.emplace_back(archive_entry_pathname(entry), std::move(got));
    }
    return all;
}
}  // namespace acrx::testing
#endif
