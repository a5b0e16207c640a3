// Bodies of server/authenticator.hpp.
#ifndef ACRX_SERVER_IMPL_AUTHENTICATOR_IPP
#define ACRX_SERVER_IMPL_AUTHENTICATOR_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/server/authenticator.hpp>

namespace acrx {
ACRX_DECL std::string bearer_token(http_headers const& headers)
{
    constexpr std::string_view scheme = "bearer ";
    auto const value = headers.get("Authorization");
    if (ascii_lower(value.substr(0, scheme.size())) != scheme)
        return {};
    auto const begin = value.find_first_not_of(' ', scheme.size());
    if (begin == value.npos)
        return {};
    return std::string(value.substr(begin, value.find_last_not_of(' ') - begin + 1));
}
}  // namespace acrx
#endif
