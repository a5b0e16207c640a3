// Bodies of server/detail/log_range.hpp.
#ifndef ACRX_SERVER_IMPL_LOG_RANGE_IPP
#define ACRX_SERVER_IMPL_LOG_RANGE_IPP
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/log_range.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace acrx::detail {
inline std::optional<std::uint64_t> whole_number(std::string_view text)
{
    std::uint64_t number = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

ACRX_DECL byte_range read_range(http_headers const& headers, std::uint64_t size)
{
    constexpr std::string_view unit = "bytes=";
    byte_range const whole{.begin = 0, .end = size};
    auto text = headers.has("x-ms-range") ? headers.get("x-ms-range") : headers.get("Range");
    if (!text.starts_with(unit))
        return whole;
    text.remove_prefix(unit.size());
    auto const dash = text.find('-');
    if (dash == text.npos || text.find(',') != text.npos)
        return whole;
    auto const first = whole_number(text.substr(0, dash));
    auto const last = whole_number(text.substr(dash + 1));
    if ((!first && dash != 0) || (!last && dash + 1 != text.size()) || (!first && !last) || (first && last && *last < *first))
        return whole;
    byte_range range{.begin = 0, .end = size, .is_asked_for = true};
    if (!first)
        range.begin = size - std::min(size, *last);
    else
        range.begin = *first;
    if (first && last)
        range.end = *last < size ? *last + 1 : size;
    range.is_valid = range.begin < range.end;
    return range;
}

inline std::string_view end_word(run_status status)
{
    switch (status) {
    case run_status::succeeded: return "succeeded";
    case run_status::failed: return "failed";
    case run_status::canceled: return "canceled";
    case run_status::timeout: return "timedout";
    default: return "internalerror";
    }
}

ACRX_DECL http_reply log_head(run_record const& run, std::uint64_t size, byte_range const& range)
{
    http_reply reply;
    reply.status = !range.is_valid ? 416 : range.is_asked_for ? 206 : 200;
    auto const total = std::to_string(size);
    reply.headers.set("Content-Type", "text/plain; charset=utf-8");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    reply.headers.set("Accept-Ranges", "bytes");
    reply.headers.set("ETag", "\"" + run.id + "-" + total + (is_final(run.status) ? "" : "-open") + "\"");
    reply.headers.set("x-ms-blob-type", "AppendBlob");
    reply.headers.set("x-ms-blob-content-length", total);
    if (is_final(run.status))
        reply.headers.set("x-ms-meta-complete", std::string(end_word(run.status)));
    if (!range.is_valid) {
        reply.headers.set("Content-Range", "bytes */" + total);
        reply.headers.set("x-ms-error-code", "InvalidRange");
    } else if (range.is_asked_for) {
        reply.headers.set("Content-Range", "bytes " + std::to_string(range.begin) + "-" + std::to_string(range.end - 1) + "/" + total);
    }
    return reply;
}

ACRX_DECL std::uint64_t first_offset(served_request const& request)
{
    auto const text = request.headers.has("Last-Event-ID") ? std::string(request.headers.get("Last-Event-ID"))
                                                           : request.parameter("offset").value_or("0");
    auto const offset = whole_number(text);
    if (!offset)
        throw arm_refusal(400, "InvalidParameter", "The offset in a log must be a whole number.", "offset");
    return *offset;
}

ACRX_DECL http_reply stream_head(bool is_events)
{
    http_reply reply;
    reply.headers.set("Content-Type", is_events ? "text/event-stream" : "text/plain; charset=utf-8");
    reply.headers.set("Cache-Control", "no-cache");
    reply.headers.set("X-Accel-Buffering", "no");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    return reply;
}

ACRX_DECL std::string log_events::take(std::string_view bytes, bool is_end)
{
    kept_ += bytes;
    auto const cut = is_end ? kept_.size() : kept_.rfind('\n') + 1;  // 0 without a line end
    if (cut == 0)
        return {};
    sent_ += cut;
    std::string text = "id: " + std::to_string(sent_) + "\nevent: log\n";
    std::string_view lines(kept_.data(), cut);
    while (!lines.empty()) {
        auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        text += "data: ";
        std::replace_copy(line.begin(), line.end(), std::back_inserter(text), '\r', ' ');
        text += '\n';
    }
    kept_.erase(0, cut);
    return text + "\n";
}
}  // namespace acrx::detail
#endif
