// Whole files: reading, writing so that nobody sees half of one, locking, removing trees.
#ifndef ACRX_IO_FILES_HPP
#define ACRX_IO_FILES_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace acrx {
/// Whether a write waits until the disk has it.
enum class durability
{
    cached,  ///< survives the process
    synced,  ///< survives a power failure
};

/// The bytes of a whole file.
/// @param limit  bytes; a file that is longer is refused
/// @throws error with what the system says (missing file: `ENOENT`), or `errc::invalid_argument` past the limit
ACRX_DECL std::string read_file(std::filesystem::path const& path, std::uint64_t limit);
/// The same, but nothing if there is no such file.
ACRX_DECL std::optional<std::string> read_file_if_exists(std::filesystem::path const& path,
                                                         std::uint64_t limit = std::uint64_t{1} << 30);

/// Writes a file under a temporary name in the same folder and renames it: readers see the old file or the whole new one.
/// @throws error if that fails, with advice when the disk is full; the temporary file is removed then
ACRX_DECL void write_file(std::filesystem::path const& path, std::string_view bytes,
                          durability how = durability::cached, unsigned mode = 0644);

/// Writes all of `bytes`, however often the kernel asks to go on. @param name  of the file, for the error text
ACRX_DECL void write_all(int descriptor, std::span<std::byte const> bytes, std::filesystem::path const& name);

/// A path in `folder` that no other process or thread uses: `PREFIX.PID.START.N`, where START tells a later process
/// with the same id apart. @see is_abandoned
ACRX_DECL std::filesystem::path temporary_name(std::filesystem::path const& folder, std::string_view prefix);
/// Whether `name` was given by `temporary_name` to a process of this machine that lives no more.
/// False for any other name.
ACRX_DECL bool is_abandoned(std::string_view name);

/// Removes a file or folder with all that is in it; never follows a link, and enters folders that forbid it.
/// A path that is not there is no error. @throws error naming what could not be removed
ACRX_DECL void remove_tree(std::filesystem::path const& path);

/// Throws what errno says; a full disk gets advice. @param doing  as in `error`
[[noreturn]] ACRX_DECL void throw_file_errno(std::string const& doing);

/// An exclusive lock on a file, which the kernel gives back when the object or the process ends.
class file_lock
{
public:
    /// Makes the file if it is missing, and waits for the lock.
    explicit ACRX_DECL file_lock(std::filesystem::path const& path);
    /// Nothing if another process or object has the lock.
    static ACRX_DECL std::optional<file_lock> try_lock(std::filesystem::path const& path);

private:
    explicit file_lock(unique_fd file) noexcept : file_(std::move(file)) {}
    unique_fd file_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/files.ipp>
#endif
#endif
