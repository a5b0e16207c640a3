// Bodies of identity/web_token.hpp.
#ifndef ACRX_IDENTITY_IMPL_WEB_TOKEN_IPP
#define ACRX_IDENTITY_IMPL_WEB_TOKEN_IPP
#include <acrx/core/base64.hpp>
#include <acrx/identity/web_token.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace acrx {
namespace detail {
inline boost::json::value claims_of_web_token(std::string_view token)
{
    auto const first = token.find('.');
    auto const second = first == token.npos ? token.npos : token.find('.', first + 1);
    if (second == token.npos)
        return {};
    std::string claims(token.substr(first + 1, second - first - 1));
    std::ranges::replace(claims, '-', '+');
    std::ranges::replace(claims, '_', '/');
    claims.resize((claims.size() + 3) / 4 * 4, '=');
    boost::json::error_code failed;
    auto parsed = boost::json::parse(from_base64(claims).value_or(""), failed);
    return failed ? boost::json::value() : parsed;
}
}  // namespace detail

ACRX_DECL web_token_claims read_web_token(std::string_view token)
{
    auto const document = detail::claims_of_web_token(token);
    boost::json::error_code missing;
    web_token_claims claims;
    for (auto const* name : {"/azp", "/appid"})
        if (auto const* client = document.find_pointer(name, missing); client != nullptr && client->is_string())
            claims.client_id = client->get_string().c_str();
    constexpr std::int64_t latest = 8'000'000'000;  // what nanoseconds since the epoch can hold
    auto const* end = document.find_pointer("/exp", missing);
    if (end != nullptr && end->is_int64() && end->get_int64() >= 0)
        claims.expires = time_point(std::chrono::seconds(std::min(end->get_int64(), latest)));
    return claims;
}
}  // namespace acrx
#endif
