// Bodies of http/object_store.hpp.
#ifndef ACRX_HTTP_IMPL_OBJECT_STORE_IPP
#define ACRX_HTTP_IMPL_OBJECT_STORE_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/object_store.hpp>
#include <acrx/http/url.hpp>

namespace acrx {
namespace detail {
constexpr std::size_t largest_stored_object = std::size_t{4} << 30;

[[noreturn]] inline void refuse_answer(std::string const& doing, unsigned status)
{
    auto const code = status == 401   ? errc::unauthorized
                      : status == 403 ? errc::denied
                      : status >= 500 || status == 429 ? errc::unavailable
                                                       : errc::protocol;
    throw error(code, doing + ": the server answers " + std::to_string(status));
}
}  // namespace detail

ACRX_DECL http_request http_object_store::request(std::string method, std::string const& name) const
{
    http_request wanted;
    wanted.method = std::move(method);
    wanted.target = parse_url(base_ + (base_.ends_with('/') ? "" : "/") + name);
    wanted.headers = headers_;
    return wanted;
}

ACRX_DECL net::awaitable<std::optional<std::string>> http_object_store::get(std::string name)
{
    auto wanted = request("GET", name);
    auto answer = co_await client_.fetch(std::move(wanted), detail::largest_stored_object);
    if (answer.status == 404 || answer.status == 410)
        co_return std::nullopt;
    if (!is_success(answer.status))
        detail::refuse_answer("getting the object " + name, answer.status);
    co_return std::move(answer.body);
}

ACRX_DECL net::awaitable<void> http_object_store::put(std::string name, std::string bytes)
{
    auto wanted = request("PUT", name);
    wanted.headers.set("Content-Type", "application/octet-stream");
    wanted.body = std::move(bytes);
    auto const answer = co_await client_.send(std::move(wanted));
    if (!is_success(answer.status))
        detail::refuse_answer("putting the object " + name, answer.status);
}
}  // namespace acrx
#endif
