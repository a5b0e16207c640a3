// One request to the API past the door: who asks for what, and the answers that all routes share.
#ifndef ACRX_SERVER_DETAIL_API_CALL_HPP
#define ACRX_SERVER_DETAIL_API_CALL_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/server/api_options.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/caller.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// What a route works on; lives as long as the request is served.
struct api_call
{
    served_request& request;
    api_options const& options;
    arm_path path;
    caller who;

    bool is_method(std::string_view method) const { return request.method == method; }
    /// `https://host:port`, without a slash at its end.
    ACRX_DECL std::string base_url() const;
    /// @throws arm_refusal (403) unless the caller has the role or a higher one
    ACRX_DECL void require(role needed) const;
    /// 405. @param allowed  methods, e.g. `GET, PUT`
    [[noreturn]] ACRX_DECL void refuse_method(std::string_view allowed) const;
    /// 404 for a path that is none of the API.
    [[noreturn]] ACRX_DECL void refuse_path() const;
    /// The object in the body. @throws arm_refusal (400, 413)
    ACRX_DECL net::awaitable<json_fields> read_object();
    /// A link to `path` on this server, signed for one right. 
    ACRX_DECL std::string signed_url(std::string_view path, std::string_view right, time_point now) const;
};

ACRX_DECL http_reply json_reply(unsigned status, boost::json::object const& body);
/// 202 with `Location`, where the end of the operation can be asked for.
ACRX_DECL http_reply accepted_reply(boost::json::object const& body, std::string const& location);
/// `{"value":[…]}`, and where the list goes on.
ACRX_DECL http_reply list_reply(std::vector<boost::json::object> const& items, std::string const& next_link = {});

/// What a list of runs was asked for.
struct list_request
{
    std::string filter;
    std::size_t top = 0;        ///< how many are wanted in all; 0 for all
    std::uint64_t before = 0;   ///< where the page begins
    std::size_t page_size = 0;  ///< of this answer
};
/// @throws arm_refusal (400)
ACRX_DECL list_request read_list_request(served_request const& request, std::size_t page_size);
/// The link to the next page; empty if this one is the last.
ACRX_DECL std::string next_page_link(api_call const& call, list_request const& asked, std::size_t given, std::uint64_t next);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/api_call.ipp>
#endif
#endif
