// Small questions about the paths and locations that a Dockerfile names.
#ifndef ACRX_BUILD_DETAIL_LOCATIONS_HPP
#define ACRX_BUILD_DETAIL_LOCATIONS_HPP

#include <acrx/core/config.hpp>

#include <span>
#include <string>
#include <string_view>

namespace acrx::detail {
/// The shortest absolute spelling: `.`, `..` and double slashes are gone; `..` stops at the root.
ACRX_DECL std::string clean_absolute_path(std::string_view path);
/// Whether a destination means a folder: it ends in a slash, or its last element is `.` or `..`.
ACRX_DECL bool names_folder(std::string_view path);
ACRX_DECL bool is_url(std::string_view location);
/// `git://`, `ssh://`, `git@host:path`, or http(s) whose path ends in `.git`.
ACRX_DECL bool is_git_location(std::string_view location);
/// The variables that tell a program about proxies, in both spellings.
ACRX_DECL std::span<std::string const> proxy_names();
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/locations.ipp>
#endif
#endif
