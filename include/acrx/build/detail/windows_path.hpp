// Paths of Dockerfiles for Windows: drive letters and backslashes.
#ifndef ACRX_BUILD_DETAIL_WINDOWS_PATH_HPP
#define ACRX_BUILD_DETAIL_WINDOWS_PATH_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// The same path with slashes and without its drive: `C:\a` is `/a`; `C:a` counts from the working directory, as `a`.
/// @throws dockerfile::parse_error  (`errc::invalid_instruction`) for another drive than C:, and for a share
ACRX_DECL std::string from_windows_path(std::string_view path);
/// An absolute path with slashes as Windows writes it: `/a` is `C:\a`.
ACRX_DECL std::string to_windows_path(std::string_view path);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/windows_path.ipp>
#endif
#endif
