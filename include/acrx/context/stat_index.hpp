// Remembers the content digests of files, so that a file that did not change is not looked into again.
#ifndef ACRX_CONTEXT_STAT_INDEX_HPP
#define ACRX_CONTEXT_STAT_INDEX_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// Maps (path, stamp) to what is in it, for the files of one context; kept in one file. What is new is appended to it;
/// it is written anew, by rename, when much of it is of no use any more.
/// A file that changed in the same instant as it was read is not remembered: its stamp would not tell.
/// May be used from several threads.
class stat_index
{
public:
    /// Reads the file; what is missing, damaged or of another version counts for nothing.
    explicit ACRX_DECL stat_index(std::filesystem::path file);

    ACRX_DECL std::optional<known_file> find(std::string_view path, file_stamp const& stamp);
    ACRX_DECL void add(std::string_view path, file_stamp const& stamp, known_file const& file);
    /// Writes what was found and added, if anything is new. @throws error
    ACRX_DECL void save();

private:
    ACRX_DECL void load();
    ACRX_DECL bool is_mostly_of_use() const;

    std::filesystem::path file_;
    std::string loaded_;  ///< what the file says: each path with its record in front
    bool is_whole_ = false;
    boost::unordered_flat_map<std::string_view, std::size_t> known_;  ///< paths in it, and their numbers
    std::vector<unsigned char> used_;                                 ///< by number: whether somebody asked for it
    std::mutex guard_;                                                ///< of what follows
    std::map<std::string, std::pair<file_stamp, known_file>, std::less<>> added_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/stat_index.ipp>
#endif
#endif
