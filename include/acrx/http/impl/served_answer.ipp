// Bodies of http/detail/served_connection.hpp: answers out.
#ifndef ACRX_HTTP_IMPL_SERVED_ANSWER_IPP
#define ACRX_HTTP_IMPL_SERVED_ANSWER_IPP
#include <acrx/http/detail/served_connection.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace acrx::detail {
/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), whatever the locale.
inline std::string http_date(std::time_t now)
{
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm t{};
    ::gmtime_r(&now, &t);
    auto const two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return std::string(days[static_cast<std::size_t>(t.tm_wday)]) + ", " + two(t.tm_mday) + " "
           + months[static_cast<std::size_t>(t.tm_mon)] + " " + std::to_string(t.tm_year + 1900) + " " + two(t.tm_hour)
           + ":" + two(t.tm_min) + ":" + two(t.tm_sec) + " GMT";
}

inline bool has_no_body(unsigned status)
{
    return status < 200 || status == 204 || status == 304;
}

inline net::awaitable<void> served_connection::answer_one()
{
    auto const begin = std::chrono::steady_clock::now();
    auto request = describe();
    written_ = 0;
    is_last_ = is_last_ || !parser_->keep_alive();
    auto reply = co_await ask_handler(request);
    link_.deadline.reset();
    auto const waits_for_go = boost::beast::iequals(parser_->get()["Expect"], "100-continue");
    if (!is_body_read_ && (is_body_begun_ || waits_for_go))
        is_last_ = true;  // nobody knows where the next request would begin
    auto const is_head = request.method == "HEAD";
    std::exception_ptr failure;
    try {
        co_await write(reply, is_head);
    } catch (...) {
        failure = std::current_exception();
    }
    if (settings_.options.served) {
        served_summary const summary{.method = request.method,
                                     .path = std::string(request.path()),
                                     .peer = peer_,
                                     .status = reply.status,
                                     .bytes = written_,
                                     .took = std::chrono::steady_clock::now() - begin};
        settings_.options.served(summary);
    }
    if (failure)
        std::rethrow_exception(failure);
}

inline net::awaitable<http_reply> served_connection::ask_handler(served_request& request)
{
    http_reply reply;
    std::exception_ptr failure;
    try {
        reply = co_await settings_.serve(request);
    } catch (http_refusal const& e) {
        reply = text_reply(e.status(), e.text() + "\n");
    } catch (boost::system::system_error const& e) {
        if (is_broken_ || e.code() == net::error::operation_aborted)
            throw;
        failure = std::current_exception();
    } catch (std::exception const&) {
        failure = std::current_exception();
    }
    if (failure) {
        if (settings_.options.failed)
            settings_.options.failed(failure);
        reply = text_reply(500, "internal error\n");
    }
    co_return reply;
}

inline net::awaitable<void> served_connection::refuse_head(unsigned status, std::string text)
{
    is_last_ = true;
    link_.deadline.reset();
    auto reply = text_reply(status, text + "\n");
    co_await write(reply, false);
}

inline std::string served_connection::head_of(http_reply const& reply) const
{
    auto head = "HTTP/1.1 " + std::to_string(reply.status) + " " + std::string(reason_phrase(reply.status)) + "\r\n";
    auto const add = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    if (!reply.headers.has("Date"))
        add("Date", http_date(std::time(nullptr)));
    add("Server", settings_.options.name);
    for (auto const& [name, value] : reply.headers)
        add(name, value);
    if (is_last_)
        add("Connection", "close");
    else if (parser_->get().version() < 11)
        add("Connection", "keep-alive");
    return head;
}

inline net::awaitable<void> served_connection::write(http_reply& reply, bool is_head)
{
    auto const is_empty = has_no_body(reply.status);
    auto* const writer = std::get_if<body_writer>(&reply.body);
    auto const is_chunked = writer && parser_->get().version() >= 11;
    if (writer && !is_chunked)
        is_last_ = true;  // HTTP/1.0 ends such a body with the connection
    auto* const text = std::get_if<std::string>(&reply.body);
    auto* const slice = std::get_if<file_slice>(&reply.body);
    auto head = head_of(reply);
    bool const tells_length = is_head && reply.headers.has("Content-Length");
    if (is_chunked && !is_empty)
        head += "Transfer-Encoding: chunked\r\n";
    else if (!writer && !is_empty && !tells_length)
        head += "Content-Length: " + std::to_string(text ? text->size() : slice ? slice->length : 0) + "\r\n";
    head += "\r\n";
    auto const has_body = !is_head && !is_empty;
    if (text && has_body) {
        head += *text;
        written_ = text->size();
    }
    co_await link_.write(net::buffer(head));
    if (writer && has_body)
        co_await write_stream(*writer, is_chunked);
    else if (slice && has_body)
        co_await write_file(*slice);
}

inline net::awaitable<void> served_connection::write_stream(body_writer& writer, bool is_chunked)
{
    byte_sink sink = [this, is_chunked](std::span<std::byte const> bytes) -> net::awaitable<void> {
        if (bytes.empty())
            co_return;  // an empty chunk would be the end
        std::array<char, 16> digits;
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), 16).ptr;
        std::string framed(digits.data(), end);
        framed += "\r\n";
        framed.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        framed += "\r\n";
        if (is_chunked)
            co_await link_.write(net::buffer(framed));
        else
            co_await link_.write(net::buffer(bytes.data(), bytes.size()));
        written_ += bytes.size();
    };
    try {
        co_await writer(std::move(sink));
    } catch (error const&) {
        if (settings_.options.failed)
            settings_.options.failed(std::current_exception());
        throw;  // without its end the body counts as cut short
    }
    if (is_chunked)
        co_await link_.write(net::buffer("0\r\n\r\n", 5));
}

inline net::awaitable<void> served_connection::write_file(file_slice slice)
{
    unique_fd const file(::open(slice.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        throw_errno("opening " + slice.path.string());
    std::vector<std::byte> piece(served_piece);
    while (slice.length > 0) {
        auto const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(slice.length, piece.size()));
        auto const got = ::pread(file.get(), piece.data(), wanted, static_cast<off_t>(slice.offset));
        if (got < 0)
            throw_errno("reading " + slice.path.string());
        if (got == 0)
            throw error(errc::damaged, "sending " + slice.path.string() + ", which has become shorter");
        auto const count = static_cast<std::size_t>(got);
        co_await link_.write(net::buffer(piece.data(), count));
        slice.offset += count;
        slice.length -= count;
        written_ += count;
    }
}
}  // namespace acrx::detail
#endif
