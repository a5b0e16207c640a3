// The version of acrx, in one place; CMake reads it from here.
#ifndef ACRX_VERSION_HPP
#define ACRX_VERSION_HPP

#include <string_view>

namespace acrx {
/// The semantic version of these headers.
inline constexpr std::string_view version = "0.1.0";
}  // namespace acrx
#endif
