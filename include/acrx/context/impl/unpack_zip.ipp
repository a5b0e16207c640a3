// Bodies of context/detail/unpack_zip.hpp, over libarchive.
#ifndef ACRX_CONTEXT_IMPL_UNPACK_ZIP_IPP
#define ACRX_CONTEXT_IMPL_UNPACK_ZIP_IPP
#include <acrx/context/detail/tree_writer.hpp>
#include <acrx/context/detail/unpack_zip.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

namespace acrx::detail {
/// Iterates over the entries of a zip file.
class zip_reader
{
public:
    zip_reader(std::filesystem::path const& file, std::string name, archive_limits const& limits, std::stop_token stop)
        : zip_(::archive_read_new(), &::archive_read_free), name_(std::move(name)), limits_(limits), stop_(std::move(stop)),
          compressed_(std::filesystem::file_size(file))
    {
        ::archive_read_support_format_zip_seekable(zip_.get());
        if (::archive_read_open_filename(zip_.get(), file.c_str(), 256 * 1024) != ARCHIVE_OK)
            fail();
    }
    bool next()
    {
        if (stop_.stop_requested())
            throw error(errc::canceled, "unpacking " + name_);
        auto const got = ::archive_read_next_header(zip_.get(), &entry_);
        if (got == ARCHIVE_EOF)
            return false;
        if (got < ARCHIVE_WARN)
            fail();
        if (++entries_ > limits_.entries)
            throw error(errc::damaged, "unpacking " + name_ + ": it has more than " + std::to_string(limits_.entries) + " entries");
        return true;
    }
    archive_entry_info info() const
    {
        archive_entry_info entry;
        entry.path = text(::archive_entry_pathname_utf8(entry_), ::archive_entry_pathname(entry_));
        entry.link = text(::archive_entry_symlink_utf8(entry_), ::archive_entry_symlink(entry_));
        entry.mode = static_cast<std::uint32_t>(::archive_entry_perm(entry_));
        entry.mtime = time_point(std::chrono::seconds(::archive_entry_mtime(entry_)));
        auto const type = ::archive_entry_filetype(entry_);
        entry.type = type == AE_IFDIR ? archive_type::directory
                   : type == AE_IFLNK ? archive_type::symbolic_link
                   : type == AE_IFREG || type == 0 ? archive_type::regular : archive_type::fifo;
        if (entry.path.empty() || entry.path.size() > limits_.path_length)
            throw error(errc::damaged, "unpacking " + name_ + ": it has a name that is empty or too long");
        return entry;
    }
    std::optional<content_piece> content()
    {
        if (stop_.stop_requested())
            throw error(errc::canceled, "unpacking " + name_);
        void const* bytes = nullptr;
        std::size_t size = 0;
        std::int64_t offset = 0;
        auto const got = ::archive_read_data_block(zip_.get(), &bytes, &size, &offset);
        if (got == ARCHIVE_EOF)
            return std::nullopt;
        if (got != ARCHIVE_OK)
            fail();
        content_bytes_ += size;
        constexpr std::uint64_t harmless = std::uint64_t(1) << 30;
        bool const swells = limits_.ratio != 0 && content_bytes_ > harmless && content_bytes_ / limits_.ratio > compressed_;
        if (swells || content_bytes_ > limits_.content_bytes)
            throw error(errc::damaged, "unpacking " + name_ + ": it grows beyond all measure");
        return content_piece{static_cast<std::uint64_t>(offset), std::span(static_cast<std::byte const*>(bytes), size)};
    }

private:
    static std::string text(char const* utf8, char const* raw) { return utf8 != nullptr ? utf8 : raw != nullptr ? raw : ""; }
    [[noreturn]] void fail() const
    {
        auto const* why = ::archive_error_string(zip_.get());
        throw error(errc::damaged, "unpacking " + name_ + ": " + (why != nullptr ? why : "the zip is damaged"));
    }

    std::unique_ptr<::archive, int (*)(::archive*)> zip_;
    ::archive_entry* entry_ = nullptr;
    std::string name_;
    archive_limits limits_;
    std::stop_token stop_;
    std::uint64_t compressed_;
    std::uint64_t entries_ = 0;
    std::uint64_t content_bytes_ = 0;
};

ACRX_DECL void unpack_zip(byte_source const& in, std::string const& name, std::filesystem::path const& scratch,
                          std::filesystem::path const& root, archive_limits const& limits, std::stop_token stop)
{
    auto const file = scratch / "archive.zip";
    {
        unique_fd const out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!out)
            throw_file_errno("unpacking " + name);
        for (auto piece = in(); !piece.empty() && !stop.stop_requested(); piece = in())
            write_all(out.get(), piece, file);
    }
    zip_reader zip(file, name, limits, std::move(stop));
    tree_writer writer(root, name);
    content_source const content = [&zip] { return zip.content(); };
    while (zip.next())
        writer.add(zip.info(), content);
    writer.finish();
    std::filesystem::remove(file);
}
}  // namespace acrx::detail
#endif
