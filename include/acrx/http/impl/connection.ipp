// Bodies of http/detail/connection.hpp: bytes in and out, and the pool.
#ifndef ACRX_HTTP_IMPL_CONNECTION_IPP
#define ACRX_HTTP_IMPL_CONNECTION_IPP
#include <acrx/http/detail/connection.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace acrx::detail {
inline void connection::start_timer()
{
    auto const idle_end = std::chrono::steady_clock::now() + idle_timeout_;
    transport_.expires_at(deadline ? std::min(*deadline, idle_end) : idle_end);
}

ACRX_DECL net::awaitable<std::size_t> connection::read_some(net::mutable_buffer into)
{
    error_code failed;
    std::size_t count = 0;
    start_timer();
    if (tls_)
        count = co_await tls_->async_read_some(into, net::redirect_error(net::use_awaitable, failed));
    else
        count = co_await transport_.async_read_some(into, net::redirect_error(net::use_awaitable, failed));
    if (failed && failed != net::error::eof)
        throw boost::system::system_error(failed);
    co_return count;
}

ACRX_DECL net::awaitable<void> connection::read_more()
{
    auto const count = co_await read_some(input.prepare(input_piece));
    if (count == 0)
        throw boost::system::system_error(net::error::eof);
    input.commit(count);
}

ACRX_DECL net::awaitable<void> connection::write(net::const_buffer bytes)
{
    start_timer();
    if (tls_)
        co_await net::async_write(*tls_, bytes, net::use_awaitable);
    else
        co_await net::async_write(transport_, bytes, net::use_awaitable);
}

ACRX_DECL bool connection::is_alive()
{
    char byte = 0;
    auto const got = ::recv(transport_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK;
    return got > 0 && tls_;  // TLS 1.3 sends session tickets on its own
}

ACRX_DECL bool connection::is_answered_early()
{
    error_code ignored;
    return !tls_ && transport_.socket().available(ignored) > 0;
}

ACRX_DECL std::unique_ptr<connection> connection_pool::take(std::string const& key)
{
    auto& kept = idle[key];
    while (!kept.empty()) {
        auto link = std::move(kept.back());
        kept.pop_back();
        if (link->is_alive())
            return link;
    }
    return nullptr;
}

ACRX_DECL void connection_pool::keep(std::string const& key, std::unique_ptr<connection> link)
{
    link->transport().expires_never();
    auto& kept = idle[key];
    if (kept.size() < options.idle_connections)
        kept.push_back(std::move(link));
}
}  // namespace acrx::detail
#endif
