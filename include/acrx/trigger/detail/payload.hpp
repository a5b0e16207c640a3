// JSON from strangers: bodies of webhooks, with a limit on their size.
#ifndef ACRX_TRIGGER_DETAIL_PAYLOAD_HPP
#define ACRX_TRIGGER_DETAIL_PAYLOAD_HPP

#include <acrx/core/config.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// @throws error (`errc::damaged`) for more than `largest_webhook` bytes
ACRX_DECL void check_payload_size(std::string_view body, std::string const& doing);
/// Parses a body whose top is an object; the error quotes nothing of it.
/// @throws error (`errc::damaged`)
ACRX_DECL boost::json::object parse_payload(std::string_view body, std::string const& doing);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/payload.ipp>
#endif
#endif
