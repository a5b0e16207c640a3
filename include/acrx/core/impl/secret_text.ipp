// Bodies of core/secret_text.hpp.
#ifndef ACRX_CORE_IMPL_SECRET_TEXT_IPP
#define ACRX_CORE_IMPL_SECRET_TEXT_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/secret_text.hpp>

#include <openssl/crypto.h>

#include <sys/random.h>

#include <array>
#include <cstddef>

namespace acrx {
ACRX_DECL std::string make_secret()
{
    std::array<std::byte, 32> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw_errno("asking the kernel for random bytes");
    return to_hex(bytes);
}

ACRX_DECL bool is_equal_secret(std::string_view a, std::string_view b)
{
    return !a.empty() && a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}
}  // namespace acrx
#endif
