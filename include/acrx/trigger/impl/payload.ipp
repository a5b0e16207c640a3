// Bodies of trigger/detail/payload.hpp.
#ifndef ACRX_TRIGGER_IMPL_PAYLOAD_IPP
#define ACRX_TRIGGER_IMPL_PAYLOAD_IPP
#include <acrx/core/error.hpp>
#include <acrx/trigger/detail/payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <boost/json/parse.hpp>

#include <utility>

namespace acrx::detail {
ACRX_DECL void check_payload_size(std::string_view body, std::string const& doing)
{
    if (body.size() > largest_webhook)
        throw error(errc::damaged, doing + ": " + std::to_string(body.size()) + " bytes are more than any host sends");
}

ACRX_DECL boost::json::object parse_payload(std::string_view body, std::string const& doing)
{
    check_payload_size(body, doing);
    boost::system::error_code failure;
    auto value = boost::json::parse(body, failure);
    if (failure)
        throw error(errc::damaged, doing + ": its body is not JSON (" + failure.message() + ")");
    if (!value.is_object())
        throw error(errc::damaged, doing + ": its body is not a JSON object");
    return std::move(value.get_object());
}
}  // namespace acrx::detail
#endif
