// What a client of a token endpoint asks, and the answers it understands.
#ifndef ACRX_IDENTITY_DETAIL_TOKEN_QUESTION_HPP
#define ACRX_IDENTITY_DETAIL_TOKEN_QUESTION_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/identity/token_endpoint_options.hpp>
#include <acrx/identity/token_source.hpp>

#include <variant>

namespace acrx::detail {
/// What a request wants, or how it is refused.
ACRX_DECL std::variant<token_request, http_reply> read_token_question(served_request const& request,
                                                                      token_endpoint_options const& options);
/// The token as both forms write it: all members are texts.
ACRX_DECL http_reply token_reply(token_request const& wanted, access_token const& token, time_point now);
ACRX_DECL http_reply identity_not_found();
ACRX_DECL http_reply no_token_now();
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/token_question.ipp>
#endif
#endif
