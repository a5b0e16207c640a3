// Where a build gets files from that are in no image.
#ifndef ACRX_BUILD_BUILD_SOURCES_HPP
#define ACRX_BUILD_BUILD_SOURCES_HPP

#include <acrx/context/context_files.hpp>
#include <acrx/context/download_cache.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/core/config.hpp>

#include <map>
#include <string>

namespace acrx {
/// The contexts of one build, and the means to fetch what ADD names.
struct build_sources
{
    context_files context;                       ///< the main one
    std::map<std::string, context_files> named;  ///< further ones, by the names that the plan uses
    download_cache downloads;
    git_options git;  ///< for repositories; without credentials
};

/// Secrets by id, as a request holds them.
using secret_map = std::map<std::string, std::string>;

/// Gives a download the credentials that are meant for its host: the secret `HTTP_AUTH_HEADER_HOST`, a whole
/// `Authorization`, else `HTTP_AUTH_TOKEN_HOST`, a bearer token. HOST may have its port.
ACRX_DECL void authorize(url_request& request, secret_map const& secrets);

/// The same for a repository behind http: `GIT_AUTH_HEADER.HOST`, `GIT_AUTH_TOKEN.HOST`, and both without `.HOST` for
/// every host. Credentials in the URL win.
ACRX_DECL void authorize(git_options& options, git_location const& where, secret_map const& secrets);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/build_sources.ipp>
#endif
#endif
