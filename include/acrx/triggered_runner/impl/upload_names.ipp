// Bodies of triggered_runner/detail/upload_names.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_UPLOAD_NAMES_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_UPLOAD_NAMES_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/triggered_runner/detail/upload_names.hpp>

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace acrx::detail {
inline constexpr std::string_view upload_suffix = ".tar.gz";
inline constexpr std::size_t upload_digits = 32;

ACRX_DECL std::string new_upload_name()
{
    std::array<std::byte, upload_digits / 2> bytes{};
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        throw error(errc::unavailable, "asking for random bytes");
    return to_hex(bytes) + std::string(upload_suffix);
}

ACRX_DECL std::string upload_name_of(std::string_view relative_path)
{
    constexpr std::string_view folder = "source/";
    if (!relative_path.starts_with(folder) || !relative_path.ends_with(upload_suffix))
        return {};
    auto const name = relative_path.substr(folder.size());
    auto const digits = name.substr(0, name.size() - std::min(name.size(), upload_suffix.size()));
    auto const is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (digits.size() != upload_digits || !std::ranges::all_of(digits, is_hex))
        return {};
    return std::string(name);
}
}  // namespace acrx::detail
#endif
