// The routes of logs: whole, in ranges, followed, and as server-sent events.
#ifndef ACRX_SERVER_DETAIL_LOG_ROUTES_HPP
#define ACRX_SERVER_DETAIL_LOG_ROUTES_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/log_range.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace acrx::detail {
/// Sends the log from `offset` on, and what is added to it, until the run is over.
template<class Service>
net::awaitable<void> follow_log(Service service, std::string id, std::uint64_t offset, byte_sink sink)
{
    constexpr std::size_t piece_limit = std::size_t{64} << 10;
    for (bool is_complete = false; !is_complete;) {
        auto const piece = co_await service.read_log(id, offset, piece_limit, std::chrono::hours(1));
        co_await sink(std::as_bytes(std::span(piece.bytes)));
        offset = piece.next;
        is_complete = piece.is_complete;
    }
}

/// The same as server-sent events: `log` with lines, whose id is the offset behind them, `steps` with the steps of the
/// run each time that one changes, and last `end` with the status.
template<class Service>
net::awaitable<void> send_log_events(Service service, std::string id, std::uint64_t offset,
                                     std::chrono::milliseconds heartbeat, byte_sink sink)
{
    constexpr std::size_t piece_limit = std::size_t{16} << 10;
    log_events events(offset);
    std::string steps;
    for (bool is_complete = false; !is_complete;) {
        auto const piece = co_await service.read_log(id, events.read_so_far(), piece_limit, heartbeat);
        is_complete = piece.is_complete;
        auto text = events.take(piece.bytes, is_complete);
        if (auto now = service.steps_of(id); now != steps) {
            steps = std::move(now);
            text = "event: steps\ndata: " + steps + "\n\n" + text;
        }
        if (text.empty() && !is_complete)
            text = ":\n\n";
        co_await sink(std::as_bytes(std::span(text)));
    }
    auto const run = co_await service.find_run(id);
    auto const end = run ? "event: end\ndata: " + std::string(to_string(run->status)) + "\n\n" : std::string();
    co_await sink(std::as_bytes(std::span(end)));
}

/// A part of the log, or all of it that is there.
template<class Service>
net::awaitable<http_reply> send_log_range(Service& service, served_request const& request, run_record run)
{
    auto const size = service.log_size(run.id);
    auto const range = read_range(request.headers, size);
    auto reply = log_head(run, size, range);
    if (request.method == "HEAD" && reply.status != 416)
        reply.headers.set("Content-Length", std::to_string(range.length()));
    if (reply.status == 416 || request.method == "HEAD")
        co_return reply;
    std::string text;
    while (text.size() < range.length()) {
        auto const left = static_cast<std::size_t>(range.length()) - text.size();
        auto const piece = co_await service.read_log(run.id, range.begin + text.size(), left);
        if (piece.bytes.empty())
            break;
        text += piece.bytes;
    }
    reply.body = std::move(text);
    co_return reply;
}

/// GET and HEAD of `/logs/{id}`, for whoever may read.
template<class Service>
net::awaitable<http_reply> serve_log(Service& service, served_request& request, std::string id,
                                     std::chrono::milliseconds heartbeat)
{
    if (request.method != "GET" && request.method != "HEAD")
        throw arm_refusal(405, "MethodNotAllowed", "A log takes GET and HEAD.");
    auto const run = co_await service.find_run(id);
    if (!run)
        throw arm_refusal(404, "BlobNotFound", "There is no run " + id + ".");
    auto const wants_events = request.headers.get("Accept").find("text/event-stream") != std::string_view::npos;
    auto const follows = request.parameter("follow").value_or("") == "true";
    if ((!wants_events && !follows) || request.method == "HEAD") {
        auto reply = co_await send_log_range(service, request, *run);
        co_return reply;
    }
    auto const offset = first_offset(request);
    auto reply = stream_head(wants_events);
    if (wants_events)
        reply.body = [service, id, offset, heartbeat](byte_sink sink) {
            return send_log_events(service, id, offset, heartbeat, std::move(sink));
        };
    else
        reply.body = [service, id, offset](byte_sink sink) { return follow_log(service, id, offset, std::move(sink)); };
    co_return reply;
}
}  // namespace acrx::detail
#endif
