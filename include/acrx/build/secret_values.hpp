// The values of a request that must be shown nowhere.
#ifndef ACRX_BUILD_SECRET_VALUES_HPP
#define ACRX_BUILD_SECRET_VALUES_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/core/config.hpp>

#include <string>
#include <vector>

namespace acrx {
/// Values of secret arguments and of secrets; of a secret with several lines also each line that is long enough to be
/// told from ordinary text. None of less than three bytes. What to give to a `redactor`.
ACRX_DECL std::vector<std::string> secret_values(build_request const& request);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/secret_values.ipp>
#endif
#endif
