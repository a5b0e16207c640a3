// Bodies of http/send_patiently.hpp.
#ifndef ACRX_HTTP_IMPL_SEND_PATIENTLY_IPP
#define ACRX_HTTP_IMPL_SEND_PATIENTLY_IPP
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace acrx {
ACRX_DECL bool is_passing_status(unsigned status) noexcept
{
    return status == 408 || status == 429 || (status >= 500 && status < 600 && status != 501 && status != 505);
}

ACRX_DECL net::awaitable<http_response> send_patiently(http_client client, http_request request, retry_policy policy,
                                                       bool (*passes)(unsigned) noexcept)
{
    back_off patience(policy);
    for (;;) {
        http_response answer;
        std::exception_ptr failure;
        try {
            answer = co_await client.send(request);
            if (!passes(answer.status))
                co_return answer;
        } catch (error const& e) {
            if (e.code() != condition::transient)
                throw;
            failure = std::current_exception();
        }
        auto const asked = parse_retry_after(answer.headers.get("Retry-After"), system_clock().now());
        auto const pause = patience.next(asked);
        if (!pause && failure)
            std::rethrow_exception(failure);
        if (!pause)
            co_return answer;
        net::steady_timer timer(co_await net::this_coro::executor, *pause);
        co_await timer.async_wait(net::use_awaitable);
    }
}
}  // namespace acrx
#endif
