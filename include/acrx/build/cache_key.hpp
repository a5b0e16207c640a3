// The key of a step: the digest of everything that decides its result.
#ifndef ACRX_BUILD_CACHE_KEY_HPP
#define ACRX_BUILD_CACHE_KEY_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/place_files.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <span>

namespace acrx {
/// @param below    the chain id of the layers that the step lies on; empty for an empty root
/// @param mounted  for each mount of the step, what its files amount to (`content_digest`); empty if it brings none
/// A stage for the platform that builds has the same keys whatever platform is built for: the platform of RUN is that of its
/// stage, other steps have none. Proxies, titles and the source lines are no part of a key, nor are values of secrets,
/// addresses of extra hosts, ids and contents of caches.
/// @param form  what decides how the layer is written (`layer_stack::form_source`); empty for a plain one
ACRX_DECL digest cache_key(run_operation const& step, digest const& below, build_request const& request,
                           std::span<digest const> mounted = {});
ACRX_DECL digest cache_key(folder_operation const& step, digest const& below, build_request const& request,
                           digest const& form = {});
/// @param sources  with the content digest of every regular file; times do not count
/// @throws error (`errc::invalid_argument`) if one has none
/// The layers below do not count for `--link`.
ACRX_DECL digest cache_key(copy_operation const& step, std::span<placed_source const> sources, digest const& below,
                          build_request const& request, digest const& form = {});
/// The digest of files as COPY would take them: names, types, modes, owners, attributes and contents, no times.
ACRX_DECL digest content_digest(std::span<placed_source const> sources);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/cache_key.ipp>
#endif
#endif
