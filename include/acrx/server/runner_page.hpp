// The page at `/`: tasks, runs and logs for people.
#ifndef ACRX_SERVER_RUNNER_PAGE_HPP
#define ACRX_SERVER_RUNNER_PAGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>

namespace acrx {
/// One document without anything from elsewhere. It asks the API with a token that the reader gives.
ACRX_DECL http_reply page_reply();
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/runner_page.ipp>
#endif
#endif
