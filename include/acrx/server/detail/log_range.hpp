// Which bytes of a log an answer holds, and what its head and its events look like.
#ifndef ACRX_SERVER_DETAIL_LOG_RANGE_HPP
#define ACRX_SERVER_DETAIL_LOG_RANGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/run/run_record.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Bytes from `begin` to before `end`.
struct byte_range
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool is_asked_for = false;  ///< else it is the whole
    bool is_valid = true;
    std::uint64_t length() const noexcept { return end - begin; }
};

/// `Range` (RFC 9110, 14.2) or `x-ms-range`: one range; what is none of bytes, or several, counts as none.
ACRX_DECL byte_range read_range(http_headers const& headers, std::uint64_t size);
/// 200, 206 or 416 with what clients of Azure's append blobs look for: when the run is over,
/// `x-ms-meta-complete` says how it ended.
ACRX_DECL http_reply log_head(run_record const& run, std::uint64_t size, byte_range const& range);
/// Where a stream begins: `Last-Event-ID`, else the parameter `offset`, else 0. @throws arm_refusal (400)
ACRX_DECL std::uint64_t first_offset(served_request const& request);
ACRX_DECL http_reply stream_head(bool is_events);

/// Cuts a log into events of whole lines.
class log_events
{
public:
    explicit log_events(std::uint64_t offset) : sent_(offset) {}
    /// @param is_end  what is left is an event though its last line has no end
    ACRX_DECL std::string take(std::string_view bytes, bool is_end);
    /// The offset behind all that was taken.
    std::uint64_t read_so_far() const noexcept { return sent_ + kept_.size(); }

private:
    std::uint64_t sent_;
    std::string kept_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/log_range.ipp>
#endif
#endif
