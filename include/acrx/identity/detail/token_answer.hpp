// What endpoints that give tokens answer, and how their requests are made.
#ifndef ACRX_IDENTITY_DETAIL_TOKEN_ANSWER_HPP
#define ACRX_IDENTITY_DETAIL_TOKEN_ANSWER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/identity/token_source.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// Reads `access_token` with `expires_in` or `expires_on`, numbers or texts of digits.
/// @param doing   for error texts
/// @param advice  for a refusal
/// @throws error (`errc::unauthorized`) with the words of the endpoint, (`errc::protocol`) for what is no answer
ACRX_DECL access_token read_token_answer(http_response const& answer, time_point now, std::string const& doing,
                                  std::string const& advice);

/// The reason that an answer in JSON gives: `error` and the first line of `error_description`, or Azure's
/// `error.code` and `error.message`; else the status.
ACRX_DECL std::string reason_of(http_response const& answer);

/// The text at a JSON pointer of an answer; empty if there is none.
ACRX_DECL std::string text_in_answer(http_response const& answer, std::string_view pointer);

/// `name=value&...`, encoded.
ACRX_DECL std::string web_form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);
/// A POST of a form.
ACRX_DECL http_request form_request(url target, std::string form);

/// For error texts: `the usual identity`, or `the identity X`.
ACRX_DECL std::string describe_identity(std::string const& identity);

/// A place that secrets may be sent to: https, or http on this machine itself.
/// @param what  names it in the error
/// @throws error (`errc::invalid_argument`)
ACRX_DECL url parse_secure_url(std::string const& text, std::string const& what);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/token_answer.ipp>
#endif
#endif
