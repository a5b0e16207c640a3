// Bodies of http/client.hpp: what a client does with its connections.
#ifndef ACRX_HTTP_IMPL_CLIENT_IPP
#define ACRX_HTTP_IMPL_CLIENT_IPP
#include <acrx/http/client.hpp>
#include <acrx/http/detail/exchange.hpp>
#include <acrx/http/redirect.hpp>

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <utility>

namespace acrx {
namespace detail {
/// Sent twice by a client that knows no better, it does the same as sent once.
inline bool may_be_repeated(http_request const& request)
{
    if (request.method == "POST")
        return std::holds_alternative<std::monostate>(request.body);
    return request.method != "PATCH";
}

inline net::awaitable<void> begin(exchange& turn, http_request const& request, transfer_observer const& sent)
{
    co_await turn.send(request, sent);
    co_await turn.receive_head(request);
}
}  // namespace detail

ACRX_DECL http_answer::http_answer(std::unique_ptr<detail::exchange> exchange) noexcept : exchange_(std::move(exchange)) {}
ACRX_DECL http_answer::http_answer(http_answer&&) noexcept = default;
ACRX_DECL http_answer& http_answer::operator=(http_answer&&) noexcept = default;
ACRX_DECL http_answer::~http_answer() = default;

ACRX_DECL http_response const& http_answer::head() const noexcept
{
    return exchange_->head;
}

ACRX_DECL net::awaitable<void> http_answer::read(byte_sink sink)
{
    co_await exchange_->read(std::move(sink));
}

ACRX_DECL net::awaitable<http_response> http_answer::read_all(std::size_t limit)
{
    http_response whole = exchange_->head;
    byte_sink const keep = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        if (bytes.size() > limit - whole.body.size())
            throw error(errc::protocol, exchange_->doing + ": the answer is larger than " + std::to_string(limit) + " bytes");
        whole.body.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        co_return;
    };
    co_await exchange_->read(keep);
    co_return whole;
}

ACRX_DECL http_client::http_client(http_options options)
    : pool_(std::make_shared<detail::connection_pool>(std::move(options)))
{}

ACRX_DECL http_options const& http_client::options() const noexcept
{
    return pool_->options;
}

ACRX_DECL bool is_certificate_failure(error_code const& code) noexcept
{
    return code.category() == net::error::get_ssl_category()
           && ERR_GET_REASON(static_cast<unsigned long>(code.value())) == SSL_R_CERTIFICATE_VERIFY_FAILED;
}

ACRX_DECL net::awaitable<void> http_client::connect(url target, bool verify_peer)
{
    auto const pool = pool_;
    auto const key = detail::connection_key(target, verify_peer);
    auto link = pool->take(key);
    if (!link)
        link = co_await pool->dial(target, verify_peer);
    pool->keep(key, std::move(link));
}

ACRX_DECL net::awaitable<http_answer> http_client::open(http_request request, transfer_observer sent)
{
    auto const pool = pool_;
    for (;;) {
        auto const key = detail::connection_key(request.target, request.verify_peer);
        auto link = pool->take(key);
        auto const kept = link != nullptr;
        if (!link)
            link = co_await pool->dial(request.target, request.verify_peer);
        auto turn = std::make_unique<detail::exchange>(pool, key, std::move(link), request);
        std::exception_ptr failure;
        try {
            co_await detail::begin(*turn, request, sent);
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure)
            co_return http_answer(std::move(turn));
        if (!kept || turn->is_answered || turn->is_given_up(failure) || !detail::may_be_repeated(request))
            detail::rethrow_as(failure, turn->doing);
    }
}

ACRX_DECL net::awaitable<http_answer> http_client::open_following(http_request request)
{
    for (int hops = 0; hops <= max_redirects; ++hops) {
        auto answer = co_await open(request);
        auto next = redirected(request, answer.head());
        if (!next)
            co_return answer;
        auto const rest = co_await answer.read_all(default_body_limit);
        request = std::move(*next);
    }
    throw error(errc::protocol, request.method + " " + redacted(request.target) + ": too many redirects");
}

ACRX_DECL net::awaitable<http_response> http_client::send(http_request request, std::size_t limit)
{
    auto answer = co_await open(std::move(request));
    auto whole = co_await answer.read_all(limit);
    co_return whole;
}

ACRX_DECL net::awaitable<http_response> http_client::fetch(http_request request, std::size_t limit)
{
    auto answer = co_await open_following(std::move(request));
    auto whole = co_await answer.read_all(limit);
    co_return whole;
}
}  // namespace acrx
#endif
