// Bodies of http/detail/exchange.hpp.
#ifndef ACRX_HTTP_IMPL_EXCHANGE_IPP
#define ACRX_HTTP_IMPL_EXCHANGE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/http/detail/exchange.hpp>

#include <boost/beast/http/error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

namespace acrx::detail {
inline constexpr std::size_t body_piece = std::size_t{512} << 10;
inline constexpr std::uint32_t head_limit = 64 << 10;

/// Enough for one call of a sink: fewer calls cost nothing more, larger pieces leave the cache.
inline constexpr std::size_t worthwhile_piece = body_piece / 2;

struct file_handle
{
    explicit file_handle(std::filesystem::path const& path) : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
    {
        if (number < 0)
            throw_errno("opening " + path.string());
    }
    file_handle(file_handle const&) = delete;
    file_handle& operator=(file_handle const&) = delete;
    ~file_handle() { ::close(number); }
    int number;
};

[[noreturn]] ACRX_DECL void rethrow_as(std::exception_ptr failure, std::string const& doing)
{
    try {
        std::rethrow_exception(failure);
    } catch (error const&) {
        throw;
    } catch (boost::system::system_error const& e) {
        if (e.code() == boost::beast::error::timeout)
            throw error(errc::timed_out, doing);
        throw error(e.code(), doing);
    }
}

inline net::mutable_buffer piece_of(connection& link)
{
    if (!link.piece)
        link.piece.reset(new std::byte[body_piece]);
    return {link.piece.get(), body_piece};
}

inline std::uint64_t body_length(http_body const& body)
{
    if (auto const* text = std::get_if<std::string>(&body))
        return text->size();
    if (auto const* slice = std::get_if<file_slice>(&body))
        return slice->length;
    return 0;
}

inline std::string request_head(http_request const& request, http_options const& options)
{
    auto const& to = request.target;
    auto const proxy = to.scheme == "http" ? options.proxies.proxy_for(to) : std::nullopt;
    auto head = request.method + " " + (proxy ? to_string(to) : to.target) + " HTTP/1.1\r\n";
    auto const add = [&](std::string_view name, std::string_view value) {
        if (!request.headers.has(name))
            head.append(name).append(": ").append(value).append("\r\n");
    };
    add("Host", authority(to));
    add("User-Agent", options.user_agent);
    add("Accept-Encoding", "identity");
    if (!to.user_info.empty())
        add("Authorization", "Basic " + to_base64(percent_decode(to.user_info)));
    if (proxy && !proxy->user_info.empty())
        add("Proxy-Authorization", "Basic " + to_base64(percent_decode(proxy->user_info)));
    auto const sends = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (sends || !std::holds_alternative<std::monostate>(request.body))
        add("Content-Length", std::to_string(body_length(request.body)));
    for (auto const& [name, value] : request.headers)
        head.append(name).append(": ").append(value).append("\r\n");
    return head + "\r\n";
}

ACRX_DECL net::awaitable<void> exchange::send(http_request const& request, transfer_observer const& sent)
{
    auto bytes = request_head(request, pool->options);
    auto const* text = std::get_if<std::string>(&request.body);
    auto const joins = text && text->size() < worthwhile_piece;
    if (joins)
        bytes += *text;
    co_await link->write(net::buffer(bytes));
    std::exception_ptr failure;
    try {
        if (text && !joins)
            co_await link->write(net::buffer(*text));
        else if (auto const* slice = std::get_if<file_slice>(&request.body))
            co_await send_file(*slice, sent);
    } catch (boost::system::system_error const& e) {
        // A server that refuses a body answers and closes; its answer says more than the broken pipe.
        if (e.code() != boost::system::errc::broken_pipe && e.code() != boost::system::errc::connection_reset)
            throw;
        is_cut_short = true;
    }
    if (text && sent && !is_cut_short)
        sent(text->size());
}

inline net::awaitable<void> exchange::send_file(file_slice slice, transfer_observer const& sent)
{
    file_handle const file(slice.path);
    auto const buffer = piece_of(*link);
    while (slice.length > 0) {
        if (link->is_answered_early()) {
            is_cut_short = true;
            co_return;
        }
        auto const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(slice.length, buffer.size()));
        auto const got = ::pread(file.number, buffer.data(), wanted, static_cast<off_t>(slice.offset));
        if (got < 0)
            throw_errno("reading " + slice.path.string());
        if (got == 0)
            throw error(errc::damaged, "sending " + slice.path.string() + ", which has become shorter");
        auto const count = static_cast<std::size_t>(got);
        co_await link->write(net::buffer(buffer.data(), count));
        slice.offset += count;
        slice.length -= count;
        if (sent)
            sent(count);
    }
}

ACRX_DECL net::awaitable<void> exchange::receive_head(http_request const& request)
{
    do {
        co_await parse_head(request.method == "HEAD");
    } while (parser->get().result_int() < 200);
    auto const& fields = parser->get();
    head.status = fields.result_int();
    head.from = request.target;
    for (auto const& field : fields)
        head.headers.add(std::string(field.name_string()), std::string(field.value()));
    if (parser->is_done())
        give_back();
}

inline net::awaitable<void> exchange::parse_head(bool has_no_body)
{
    parser.emplace();
    parser->header_limit(head_limit);
    parser->body_limit(std::numeric_limits<std::uint64_t>::max());
    parser->skip(has_no_body);
    while (!parser->is_header_done()) {
        if (link->input.size() == 0)
            co_await link->read_more();
        is_answered = true;
        error_code failed;
        link->input.consume(parser->put(link->input.data(), failed));
        if (failed == boost::beast::http::error::need_more)
            co_await link->read_more();
        else if (failed)
            throw error(errc::protocol, doing + ": the answer is not HTTP (" + failed.message() + ")");
    }
}

ACRX_DECL net::awaitable<void> exchange::read(byte_sink sink)
{
    if (!link)
        co_return;
    std::exception_ptr failure;
    try {
        if (parser->chunked())
            co_await read_chunked(sink);
        else
            co_await read_plain(sink);
    } catch (boost::system::system_error const&) {
        failure = std::current_exception();
    }
    if (failure)
        rethrow_as(failure, doing + ": reading the answer");
    give_back();
}

/// A body of known length, or up to the end of the connection, goes past the parser. One of unknown length may be live:
/// what has come is not held back until there is more.
inline net::awaitable<void> exchange::read_plain(byte_sink const& sink)
{
    auto const length = parser->content_length();
    auto left = length ? *length : std::numeric_limits<std::uint64_t>::max();
    auto const least = length ? worthwhile_piece : 1;
    auto const buffer = piece_of(*link);
    for (bool ended = false; left > 0 && !ended;) {
        auto const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
        auto filled = net::buffer_copy(net::buffer(buffer, wanted), link->input.data());
        link->input.consume(filled);
        while (filled < std::min(wanted, least) && !ended) {
            auto const count = co_await link->read_some(net::buffer(buffer, wanted) + filled);
            filled += count;
            ended = count == 0;
        }
        left -= filled;
        std::span const piece(static_cast<std::byte const*>(buffer.data()), filled);
        if (filled > 0)
            co_await sink(piece);
    }
    if (length && left > 0)
        throw boost::system::system_error(net::error::eof);
}

inline net::awaitable<void> exchange::read_chunked(byte_sink const& sink)
{
    auto const buffer = piece_of(*link);
    parser->eager(true);
    while (!parser->is_done()) {
        auto& body = parser->get().body();
        body.data = buffer.data();
        body.size = buffer.size();
        error_code failed;
        link->input.consume(parser->put(link->input.data(), failed));
        auto const filled = buffer.size() - body.size;
        std::span const piece(static_cast<std::byte const*>(buffer.data()), filled);
        if (filled > 0)
            co_await sink(piece);
        if (failed == boost::beast::http::error::need_more || (!failed && !parser->is_done()))
            co_await link->read_more();
        else if (failed && failed != boost::beast::http::error::need_buffer)
            throw error(errc::protocol, doing + ": the answer's chunks are malformed (" + failed.message() + ")");
    }
}

inline void exchange::give_back()
{
    if (parser->keep_alive() && !is_cut_short && link->input.size() == 0)
        pool->keep(key, std::move(link));
    link.reset();
}

ACRX_DECL bool exchange::is_given_up(std::exception_ptr failure) const
{
    try {
        std::rethrow_exception(failure);
    } catch (boost::system::system_error const& e) {
        return e.code() == condition::interrupted || e.code() == boost::beast::error::timeout;
    } catch (...) {
        return true;
    }
}
}  // namespace acrx::detail
#endif
