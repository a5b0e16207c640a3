// Looks into the claims of a token, and into what an issuer says of itself.
#ifndef ACRX_SERVER_DETAIL_JSON_CLAIMS_HPP
#define ACRX_SERVER_DETAIL_JSON_CLAIMS_HPP

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace acrx::detail {
/// The text of a member; empty if it is none.
inline std::string claim_text(boost::json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains({name.data(), name.size()});
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The claim is `wanted`, or a list with it.
inline bool claim_names(boost::json::value const* claim, std::string_view wanted)
{
    auto const is_wanted = [&](boost::json::value const& v) {
        return v.is_string() && std::string_view(v.get_string()) == wanted;
    };
    if (!claim)
        return false;
    if (claim->is_array())
        return std::any_of(claim->get_array().begin(), claim->get_array().end(), is_wanted);
    return is_wanted(*claim);
}
}  // namespace acrx::detail
#endif
