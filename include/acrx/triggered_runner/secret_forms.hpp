// The texts by which a secret can be read out of a log.
#ifndef ACRX_TRIGGERED_RUNNER_SECRET_FORMS_HPP
#define ACRX_TRIGGERED_RUNNER_SECRET_FORMS_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <vector>

namespace acrx {
/// The secret itself; the part of its base64 text that is the same whatever stands before and behind it, for each of
/// the three places it can begin at, in both alphabets; itself with all but letters, digits and `-._~` as `%XX`, and
/// with blanks as `+`; each line of a secret that has several. Texts of less than four bytes would hide too
/// much: of those there is only the secret itself. A secret of less than three has no forms, as every log holds it.
ACRX_DECL std::vector<std::string> secret_forms(std::string const& secret);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/secret_forms.ipp>
#endif
#endif
