// Whether two URLs name one git repository.
#ifndef ACRX_TRIGGER_REPOSITORY_URL_HPP
#define ACRX_TRIGGER_REPOSITORY_URL_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// A text that is equal for all the ways to write the URL of one repository, e.g. `github.com/acme/app`.
///
/// Leaves out scheme, user info, the scheme's own port, query, fragment, `.git` and slashes at the end; lets case and
/// escapes not count; reads `git@host:path` as `ssh://host/path`, and `acme.visualstudio.com` as `dev.azure.com/acme`.
/// Empty if the text names no host and path.
ACRX_DECL std::string repository_key(std::string_view url);
/// Both name a repository, and the same.
ACRX_DECL bool is_same_repository(std::string_view a, std::string_view b);
/// The URL without `user:password@`; all else stays.
ACRX_DECL std::string without_user_info(std::string_view url);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/repository_url.ipp>
#endif
#endif
