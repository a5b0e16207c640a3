// Turns what a registry answers into the error that our user reads.
#ifndef ACRX_REGISTRY_DETAIL_ANSWER_ERROR_HPP
#define ACRX_REGISTRY_DETAIL_ANSWER_ERROR_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/message.hpp>

#include <string>

namespace acrx::detail {
/// 401, 403, 404, 429, 408 and 5xx have codes of their own; all others are `errc::protocol`.
ACRX_DECL errc code_of_status(unsigned status) noexcept;
/// The same request may succeed later.
ACRX_DECL bool is_transient_status(unsigned status) noexcept;
/// @param anonymous  nobody was logged in when it failed
ACRX_DECL std::string advice_to_log_in(std::string const& host, bool anonymous);
/// `401 UNAUTHORIZED: authentication required`, as far as the body tells; printable and of limited length.
ACRX_DECL std::string describe_answer(http_response const& answer);
/// One of the codes in the body's `errors` is `code`.
ACRX_DECL bool has_registry_code(http_response const& answer, std::string_view code);
/// @param doing  as in `error`  @param host  the registry
[[noreturn]] ACRX_DECL void throw_answer(http_response const& answer, std::string const& doing, std::string const& host);
/// Puts `doing` before the text of `inner`, and advice where it has none.
ACRX_DECL error in_context(boost::system::system_error const& inner, std::string const& doing, std::string const& host);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/answer_error.ipp>
#endif
#endif
