// Reads what `--cache-from` and `--cache-to` say.
#ifndef ACRX_BUILD_PARSE_SHARED_CACHE_HPP
#define ACRX_BUILD_PARSE_SHARED_CACHE_HPP

#include <acrx/build/option_values.hpp>
#include <acrx/build/shared_cache.hpp>
#include <acrx/core/config.hpp>

#include <string>

namespace acrx {
/// `type=registry,ref=REF`, `type=local,src=DIR[,tag=TAG|,digest=DIGEST]`, or REF alone.
/// @param place  of the folder
/// @throws error (`errc::invalid_argument`), its text naming `--cache-from`
ACRX_DECL shared_cache parse_cache_source(std::string const& given, place_lookup const& place = given_place);
/// `type=registry,ref=REF` or `type=local,dest=DIR[,tag=TAG]`, each with `,mode=min|max`,
/// `,compression=KIND` and `,compression-level=N`; `type=inline`, or REF alone.
/// @param place  of the folder
/// @throws error (`errc::invalid_argument`), its text naming `--cache-to`
ACRX_DECL shared_cache parse_cache_target(std::string const& given, place_lookup const& place = given_place);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/parse_shared_cache.ipp>
#endif
#endif
