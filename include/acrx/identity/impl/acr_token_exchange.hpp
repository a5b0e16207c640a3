// Template bodies of identity/acr_token_exchange.hpp.
#ifndef ACRX_IDENTITY_IMPL_ACR_TOKEN_EXCHANGE_HPP
#define ACRX_IDENTITY_IMPL_ACR_TOKEN_EXCHANGE_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/identity/acr_token_exchange.hpp>

namespace acrx {
template<token_source Source>
acr_token_exchange<Source>::acr_token_exchange(Source source, std::string host, std::string identity, retry_policy retry,
                                               http_client client)
    : source_(std::move(source)), host_(ascii_lower(host)), identity_(std::move(identity)), retry_(retry),
      client_(std::move(client))
{}

template<token_source Source>
net::awaitable<credential> acr_token_exchange<Source>::find(std::string host)
{
    if (ascii_lower(host) != host_)
        co_return credential();
    check_exchange_host(host_);
    token_request request{registry_audience, identity_};
    auto token = co_await source_.get(std::move(request));
    auto found = co_await exchange_token(client_, host_, std::move(token), retry_);
    co_return found;
}
}  // namespace acrx
#endif
