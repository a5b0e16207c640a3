// The page for people: a document with its style, icon and scripts.
#ifndef ACRX_SERVER_RUNNER_PAGE_HPP
#define ACRX_SERVER_RUNNER_PAGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>

#include <optional>
#include <string_view>

namespace acrx {
/// The answer at `/` and at `/page/…`; nothing for another path.
///
/// The page holds no data and asks for nothing but this server: its scripts ask the API, with a token that the reader
/// gives, and put what they get into text nodes alone. `Content-Security-Policy` holds it to that.
ACRX_DECL std::optional<http_reply> page_reply(std::string_view path);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/runner_page.ipp>
#endif
#endif
