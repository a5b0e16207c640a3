// Template bodies of http/server.hpp.
#ifndef ACRX_HTTP_IMPL_SERVER_HPP
#define ACRX_HTTP_IMPL_SERVER_HPP
#include <acrx/http/server.hpp>

namespace acrx {
template<http_handler Handler>
basic_http_server<Handler>::basic_http_server(net::any_io_executor executor, http_server_options options,
                                              Handler handler)
    : handler_(std::move(handler)),
      listener_(std::move(executor), std::move(options), [this](served_request& request) { return handler_(request); })
{}

template<http_handler Handler>
basic_http_server<Handler>::basic_http_server(net::ip::tcp::acceptor acceptor, http_server_options options,
                                              Handler handler)
    : handler_(std::move(handler)),
      listener_(std::move(acceptor), std::move(options), [this](served_request& request) { return handler_(request); })
{}

template<http_handler Handler>
std::uint16_t basic_http_server<Handler>::port() const noexcept
{
    return listener_.port();
}

template<http_handler Handler>
net::awaitable<void> basic_http_server<Handler>::run()
{
    return listener_.run();
}

template<http_handler Handler>
void basic_http_server<Handler>::stop() noexcept
{
    listener_.stop();
}

template<http_handler Handler>
void basic_http_server<Handler>::reload_certificate()
{
    listener_.reload_certificate();
}
}  // namespace acrx
#endif
