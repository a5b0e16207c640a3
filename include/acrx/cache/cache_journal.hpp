// The file in which all processes that use a cache write down what they do with it.
#ifndef ACRX_CACHE_CACHE_JOURNAL_HPP
#define ACRX_CACHE_CACHE_JOURNAL_HPP

#include <acrx/cache/step_storage.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One event a line: `U KEY`, `S KEY BLOB BYTES MILLISECONDS`, `G KEY`; keys and blobs without `sha256:`.
/// @return nothing for a line that is damaged
ACRX_DECL std::optional<cache_event> parse_cache_event(std::string_view line);
ACRX_DECL std::string to_line(cache_event const& event);
/// The shortest list of events that leaves the same entries, in the order of their last use, each used up to 15 times.
ACRX_DECL std::vector<cache_event> compacted(std::span<cache_event const> events);

/// Reads what others have appended, and appends; its caller sees to it that nobody else does meanwhile.
///
/// A journal that is replaced, or missing, starts with `forgotten`. What a crash or a disk has damaged is left out: an
/// entry that is not known of takes up space until the next prune, and is no error.
class cache_journal
{
public:
    /// @param file  made when the first event is written
    explicit cache_journal(std::filesystem::path file) : file_(std::move(file)) {}
    /// A copy reads from the beginning.
    cache_journal(cache_journal const& other) : file_(other.file_) {}
    cache_journal(cache_journal&&) = default;
    cache_journal& operator=(cache_journal&&) = default;

    /// Events that were not read by this object yet.
    ACRX_DECL std::vector<cache_event> read();
    /// @throws error if the disk is full, or forbids it
    ACRX_DECL void append(std::span<cache_event const> events);
    /// Starts over with these events, which are read anew. @throws error
    ACRX_DECL void replace(std::span<cache_event const> events);
    bool exists() const { return std::filesystem::exists(file_); }
    /// Bytes that were read and written so far.
    std::uint64_t size() const noexcept { return offset_; }

private:
    ACRX_DECL bool open();

    std::filesystem::path file_;
    unique_fd opened_;
    std::uint64_t offset_ = 0;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/cache_journal.ipp>
#endif
#endif
