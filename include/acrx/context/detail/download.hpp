// Answers of web servers to a GET: which are good, which are worth another try.
#ifndef ACRX_CONTEXT_DETAIL_DOWNLOAD_HPP
#define ACRX_CONTEXT_DETAIL_DOWNLOAD_HPP

#include <acrx/context/location.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>

namespace acrx::detail {
/// The answer, if it is 2xx. @param from  may be shown @throws error with the server's words otherwise
ACRX_DECL net::awaitable<http_answer> check_download(http_answer answer, std::string from);

/// Awaits `once()` until it succeeds, fails for a reason that lasts, or was tried `tries` times.
template<class T>
net::awaitable<T> with_retries(std::function<net::awaitable<T>()> once, int tries, std::chrono::milliseconds pause)
{
    for (int attempt = 1;; ++attempt) {
        try {
            auto result = co_await once();
            co_return result;
        } catch (boost::system::system_error const& e) {
            bool const may_pass = e.code() == condition::transient && e.code() != errc::rate_limited;
            if (attempt >= tries || !may_pass)
                throw;
        }
        net::steady_timer timer(co_await net::this_coro::executor, pause);
        co_await timer.async_wait(net::use_awaitable);
        pause = std::min<std::chrono::milliseconds>(2 * pause, std::chrono::seconds(5));
    }
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/download.ipp>
#endif
#endif
