// Secrets that this process makes up, and how secrets are compared.
#ifndef ACRX_CORE_SECRET_TEXT_HPP
#define ACRX_CORE_SECRET_TEXT_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// 64 random hexadecimal digits: nobody guesses them.
/// @throws error  if the kernel has no random bytes
ACRX_DECL std::string make_secret();
/// Compares in a time that depends on the lengths alone. Lengths that differ, and empty texts, are unequal.
ACRX_DECL bool is_equal_secret(std::string_view a, std::string_view b);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/core/impl/secret_text.ipp>
#endif
#endif
