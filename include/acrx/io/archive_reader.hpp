// Reads the entries of a tar archive: ustar, pax, GNU and the old form, sparse files and extended attributes too.
#ifndef ACRX_IO_ARCHIVE_READER_HPP
#define ACRX_IO_ARCHIVE_READER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace acrx {
/// How much an archive may hold before it is refused.
struct archive_limits
{
    std::uint64_t entries = 10'000'000;
    std::uint64_t content_bytes = std::uint64_t(1) << 40;  ///< of all files together, holes of sparse files included
    std::size_t path_length = 4095;                        ///< bytes, of names and of link targets
    std::uint64_t header_bytes = 8 * 1024 * 1024;          ///< of the extended headers of one entry
    std::uint64_t ratio = 500;  ///< plain bytes for each compressed one, past the first 256 MiB; not seen by the reader
};

/// What kind of file an archive entry describes.
enum class archive_type : std::uint8_t
{
    regular,
    hard_link,
    symbolic_link,
    character_device,
    block_device,
    directory,
    fifo,
};

/// One entry as the archive spells it: names are neither cleaned nor checked.
struct archive_entry_info
{
    std::string path;
    std::string link;  ///< target of a symbolic or hard link
    archive_type type = archive_type::regular;
    std::uint32_t mode = 0;  ///< at most 07777
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    time_point mtime{};
    std::uint64_t size = 0;  ///< of the content, holes included
    std::uint32_t device_major = 0;
    std::uint32_t device_minor = 0;
    std::map<std::string, std::string> xattrs;
};

/// A piece of a file's content; what lies between pieces, and up to the size, is zeros.
struct content_piece
{
    std::uint64_t offset = 0;
    std::span<std::byte const> bytes;  ///< valid until the next call of the reader
};

/// Iterates over the entries of a plain tar stream. Memory does not grow with the archive. For one thread.
class archive_reader
{
public:
    /// @param name  of the archive, for error texts
    ACRX_DECL archive_reader(byte_source in, std::string name, archive_limits limits = {});
    ACRX_DECL archive_reader(archive_reader&&) noexcept;
    ACRX_DECL archive_reader& operator=(archive_reader&&) noexcept;
    ACRX_DECL ~archive_reader();

    /// The next entry; what is unread of the one before is skipped. Null at the end. Valid until the next call.
    /// @throws error (`errc::damaged`) for a bad check sum or number, an archive that is cut short, or a passed limit
    ACRX_DECL archive_entry_info const* next();
    /// The next piece of the current entry's content; nothing at its end.
    ACRX_DECL std::optional<content_piece> content();
    /// The whole rest of the current entry's content, at most `limit` bytes of it.
    ACRX_DECL std::string read_content(std::uint64_t limit);
    /// Reads on to the end of the stream, past the archive's end marker. @return bytes of the whole stream
    ACRX_DECL std::uint64_t drain();

    /// Whether these are the first bytes of a tar: a header block whose check sum is right.
    static ACRX_DECL bool is_header(std::span<std::byte const> block);

    struct state;

private:
    std::unique_ptr<state> state_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/archive_reader.ipp>
#endif
#endif
