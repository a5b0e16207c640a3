// Bodies of identity/cached_tokens.hpp.
#ifndef ACRX_IDENTITY_IMPL_CACHED_TOKENS_HPP
#define ACRX_IDENTITY_IMPL_CACHED_TOKENS_HPP
#include <acrx/identity/cached_tokens.hpp>

namespace acrx {
template<token_source Source, clock Clock>
cached_tokens<Source, Clock>::cached_tokens(Source source, Clock time)
    : memory_(std::make_shared<memory>(memory{std::move(source), std::move(time)}))
{}

template<token_source Source, clock Clock>
net::awaitable<access_token> cached_tokens<Source, Clock>::get(token_request request)
{
    auto const kept = memory_;
    auto const pass = co_await kept->requests.enter(request.identity + " " + request.resource);
    auto const now = kept->time.now();
    auto const found = kept->known.find(request);
    if (found != kept->known.end() && now < found->second.renewal)
        co_return found->second.token;
    auto token = co_await kept->source.get(request);
    auto const renewal = token.expires - (token.expires - now) / 5;
    kept->known.insert_or_assign(std::move(request), typename memory::entry{token, renewal});
    co_return token;
}
}  // namespace acrx
#endif
