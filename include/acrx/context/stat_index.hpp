// Remembers the content digests of files, so that a file that did not change is not looked into again.
#ifndef ACRX_CONTEXT_STAT_INDEX_HPP
#define ACRX_CONTEXT_STAT_INDEX_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace acrx {
/// What the kernel says of a file, and what changes whenever its bytes do.
struct file_stamp
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t mtime = 0;  ///< nanoseconds since the epoch
    std::int64_t ctime = 0;  ///< the same; cannot be set back by programs

    bool operator==(file_stamp const&) const = default;
};

/// What is remembered of a file.
struct known_file
{
    sha256_bytes content{};
    bool has_attributes = true;  ///< extended ones; setting them changes the ctime, so a stamp tells

    bool operator==(known_file const&) const = default;
};

/// Maps (path, stamp) to what is in it, for the files of one context; kept in one file, replaced by rename.
/// A file that changed in the same instant as it was read is not remembered: its stamp would not tell.
/// May be used from several threads.
class stat_index
{
public:
    /// Reads the file; one that is missing, damaged or of another version counts as empty.
    explicit ACRX_DECL stat_index(std::filesystem::path file);

    ACRX_DECL std::optional<known_file> find(std::string_view path, file_stamp const& stamp);
    ACRX_DECL void add(std::string_view path, file_stamp const& stamp, known_file const& file);
    /// Writes what was found and added, if anything is new. @throws error
    ACRX_DECL void save();

private:
    struct record
    {
        file_stamp stamp;
        known_file file;
        bool used = false;
    };
    struct hash_of_text
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    ACRX_DECL void load();

    std::filesystem::path file_;
    std::unordered_map<std::string, record, hash_of_text, std::equal_to<>> records_;
    bool changed_ = false;
    std::mutex guard_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/stat_index.ipp>
#endif
#endif
