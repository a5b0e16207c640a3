// Bodies of http/detail/served_connection.hpp: requests in. The answers are in served_answer.ipp.
#ifndef ACRX_HTTP_IMPL_SERVED_CONNECTION_IPP
#define ACRX_HTTP_IMPL_SERVED_CONNECTION_IPP
#include <acrx/http/detail/served_connection.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <limits>
#include <span>

namespace acrx::detail {
/// A body that nobody reads is read up to here, so that the connection can go on; bytes.
inline constexpr std::uint64_t discarded_body = std::uint64_t{256} << 10;

ACRX_DECL served_connection::served_connection(served_settings const& settings, net::ip::tcp::socket socket,
                                               std::string peer)
    : settings_(settings), peer_(std::move(peer)), link_(socket.get_executor(), settings.options.idle_timeout),
      context_(settings.tls)
{
    link_.transport().socket() = std::move(socket);
    error_code ignored;  // a socket without it is merely slower
    link_.transport().socket().set_option(net::ip::tcp::no_delay(true), ignored);
}

ACRX_DECL net::awaitable<void> served_connection::run()
{
    if (context_)
        co_await shake_hands();
    co_await serve_requests();
    co_await close();
}

ACRX_DECL void served_connection::finish() noexcept
{
    is_last_ = true;
    if (is_waiting_)
        link_.transport().cancel();
}

inline net::awaitable<void> served_connection::shake_hands()
{
    link_.start_tls(*context_);
    link_.transport().expires_after(settings_.options.header_timeout);
    co_await link_.tls()->async_handshake(net::ssl::stream_base::server, net::use_awaitable);
}

inline net::awaitable<void> served_connection::serve_requests()
{
    while (!is_last_) {
        auto const is_there = co_await read_head();
        if (!is_there)
            co_return;
        co_await answer_one();
        co_await discard_rest();
    }
}

inline net::awaitable<bool> served_connection::read_head()
{
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(settings_.options.header_limit));
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    is_body_read_ = is_body_begun_ = false;
    if (link_.input.size() == 0) {
        is_waiting_ = true;
        auto const count = co_await link_.read_some(link_.input.prepare(input_piece));
        is_waiting_ = false;
        link_.input.commit(count);
        if (count == 0)
            co_return false;
    }
    link_.deadline = std::chrono::steady_clock::now() + settings_.options.header_timeout;
    while (!parser_->is_header_done()) {
        error_code failed;
        link_.input.consume(parser_->put(link_.input.data(), failed));
        if (failed == boost::beast::http::error::need_more) {
            co_await link_.read_more();
        } else if (failed) {
            auto const is_large = failed == boost::beast::http::error::header_limit;
            auto why = is_large ? std::string("the head of the request is too large")
                                : "not a request of HTTP: " + failed.message();
            co_await refuse_head(is_large ? 431 : 400, std::move(why));
            co_return false;
        }
    }
    link_.deadline.reset();
    is_body_read_ = parser_->is_done();
    if (parser_->get().version() < 11 || parser_->get().count("Host") == 1)
        co_return true;
    std::string why = "a request must name one Host";
    co_await refuse_head(400, std::move(why));
    co_return false;
}

inline served_request served_connection::describe()
{
    auto const& head = parser_->get();
    served_request request;
    request.method = std::string(head.method_string());
    request.target = std::string(head.target());
    for (auto const& field : head)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    request.peer = peer_;
    request.is_secure = context_ != nullptr;
    if (auto const length = parser_->content_length())
        request.length = *length;
    request.read_body = [this](byte_sink sink, std::uint64_t limit) { return read_body(std::move(sink), limit); };
    return request;
}

inline net::awaitable<void> served_connection::read_body(byte_sink sink, std::uint64_t limit)
{
    auto const announced = parser_->content_length();
    if (announced && *announced > limit)
        throw http_refusal(413, errc::damaged, "the body is larger than " + std::to_string(limit) + " bytes");
    if (is_body_read_ || is_body_begun_)
        co_return;
    if (boost::beast::iequals(parser_->get()["Expect"], "100-continue") && link_.input.size() == 0)
        co_await link_.write(net::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25));
    is_body_begun_ = true;
    co_await read_pieces(sink, limit);
    is_body_read_ = true;
}

inline net::awaitable<void> served_connection::read_pieces(byte_sink const& sink, std::uint64_t limit)
{
    auto const start = std::chrono::steady_clock::now() + settings_.options.body_grace;
    auto const piece = std::make_unique<std::byte[]>(served_piece);
    std::uint64_t taken = 0;
    parser_->eager(true);
    while (!parser_->is_done()) {
        auto& body = parser_->get().body();
        body.data = piece.get();
        body.size = served_piece;
        error_code failed;
        link_.input.consume(parser_->put(link_.input.data(), failed));
        auto const filled = served_piece - body.size;
        std::span<std::byte const> const bytes(piece.get(), filled);
        taken += filled;
        if (taken > limit)
            throw http_refusal(413, errc::damaged, "the body is larger than " + std::to_string(limit) + " bytes");
        if (filled > 0)
            co_await sink(bytes);
        link_.deadline = start
                         + std::chrono::seconds(taken / std::max<std::uint64_t>(1, settings_.options.slowest_body));
        if (failed == boost::beast::http::error::need_more || (!failed && !parser_->is_done()))
            co_await read_more_of_body();
        else if (failed && failed != boost::beast::http::error::need_buffer)
            throw http_refusal(400, errc::damaged, "the body is not what its head announces: " + failed.message());
    }
}

inline net::awaitable<void> served_connection::read_more_of_body()
{
    is_broken_ = true;
    co_await link_.read_more();
    is_broken_ = false;
}

/// So that the next request begins where this one ends, or the connection closes.
inline net::awaitable<void> served_connection::discard_rest()
{
    if (is_body_read_ || is_last_)
        co_return;
    byte_sink ignore = [](std::span<std::byte const>) -> net::awaitable<void> { co_return; };
    try {
        co_await read_body(std::move(ignore), discarded_body);
    } catch (http_refusal const&) {
        is_last_ = true;
    }
}

/// Tells the other side, then waits until it has read that: closing at once could take the answer from it.
inline net::awaitable<void> served_connection::close()
{
    error_code ignored;  // either way the connection is over
    auto& transport = link_.transport();
    link_.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    transport.expires_at(*link_.deadline);
    if (link_.tls())
        co_await link_.tls()->async_shutdown(net::redirect_error(net::use_awaitable, ignored));
    transport.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    link_.input.clear();
    std::size_t count = 1;
    for (std::size_t total = 0; count > 0 && total < discarded_body && !ignored; total += count)
        count = co_await transport.async_read_some(link_.input.prepare(input_piece),
                                                   net::redirect_error(net::use_awaitable, ignored));
    transport.close();
}
}  // namespace acrx::detail

#include <acrx/http/impl/served_answer.ipp>
#endif
