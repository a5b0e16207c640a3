// Sends a small request again while the peer cannot serve it.
#ifndef ACRX_HTTP_SEND_PATIENTLY_HPP
#define ACRX_HTTP_SEND_PATIENTLY_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/awaitable.hpp>

namespace acrx {
/// 408, 429 and the errors of a server that may pass: all of 500 to 599 but 501 and 505.
ACRX_DECL bool is_passing_status(unsigned status) noexcept;

/// Sends, and sends again after transient failures and answers that `passes` accepts, as `policy` says and the peer's
/// `Retry-After` asks. Follows no redirect. For requests that may arrive twice.
///
/// @return the last answer, which may still be an error's
/// @throws error  as `http_client::open`, when the last try had no answer
ACRX_DECL net::awaitable<http_response> send_patiently(http_client client, http_request request, retry_policy policy,
                                                       bool (*passes)(unsigned) noexcept = is_passing_status);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/send_patiently.ipp>
#endif
#endif
