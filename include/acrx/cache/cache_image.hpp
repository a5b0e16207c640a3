// The image that a layer cache is kept as: its config lists the steps, its layers are their blobs.
#ifndef ACRX_CACHE_CACHE_IMAGE_HPP
#define ACRX_CACHE_CACHE_IMAGE_HPP

#include <acrx/cache/layer_cache.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/manifest.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Media type of the config of a cache image.
///
/// A cache image is an OCI image manifest, so that every registry takes it and every garbage collector keeps what it
/// names. `layers` are the blobs of all cached layers, each once. The config is this JSON, the newest step first:
///
///     {"version": 1,
///      "layers": [{"mediaType": TYPE, "digest": DIGEST, "size": BYTES, "diffId": DIGEST, "annotations": {..}}],
///      "steps":  [{"key": DIGEST, "layer": INDEX INTO layers, "created": RFC 3339}]}
///
/// Keys are those of acrx, so no other builder could use them: caches of BuildKit are neither read nor written.
inline constexpr std::string_view cache_config_type = "application/vnd.acrx.cache.config.v1+json";

/// One step of a cache.
struct cache_entry
{
    digest key;
    cached_step step;

    bool operator==(cache_entry const&) const = default;
};

/// The steps of a config; those that are damaged are left out. 10,000 of them take some 25 ms.
/// @throws error  `errc::damaged` if it is no such document, `errc::not_supported` if it is of another version
ACRX_DECL std::vector<cache_entry> parse_cache_config(std::string_view bytes);
/// The config of a cache.
ACRX_DECL std::string to_cache_config(std::span<cache_entry const> entries);
/// The config that the manifest of a cache names; its layers, which may be thousands, are not looked at.
/// @throws error (`errc::damaged`, `errc::not_supported`) if it is no manifest of a cache
ACRX_DECL descriptor find_cache_config(manifest_document const& document);
/// The manifest of a cache. @param config  of type `cache_config_type`
ACRX_DECL manifest make_cache_manifest(std::span<cache_entry const> entries, descriptor config);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/cache_image.ipp>
#endif
#endif
