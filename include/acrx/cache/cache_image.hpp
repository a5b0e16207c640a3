// The image that a layer cache is kept as: its config lists the steps, its layers are their blobs.
#ifndef ACRX_CACHE_CACHE_IMAGE_HPP
#define ACRX_CACHE_CACHE_IMAGE_HPP

#include <acrx/cache/layer_cache.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/manifest.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Media type of the config of a cache image: BuildKit's, whose caches of `type=registry` have the same form.
///
/// A cache image is an OCI image manifest, so that every registry takes it and every garbage collector keeps what it
/// names. `layers` are the blobs of all cached layers, each once, annotated with `buildkit/createdat` and
/// `containerd.io/uncompressed`, their diff id. The config is this JSON, the newest step first:
///
///     {"layers":  [{"blob": DIGEST, "parent": -1,
///                   "annotations": {"mediaType": TYPE, "diffID": DIGEST, "size": BYTES, "createdAt": RFC 3339},
///                   "acrx": {"annotations": {..}}}],
///      "records": [{"digest": KEY, "layers": [{"layer": INDEX INTO layers, "createdAt": RFC 3339}],
///                   "acrx": {"seconds": NUMBER}}]}
///
/// So that one request brings a cache, the manifest also tells of the records itself, in its annotation
/// `acrx.cache.records`, between commas: `KEY INDEX`, the key without `sha256:` and the index into `layers`, and where
/// they are not those of the layer and 0, RFC 3339 time (or `-`) and seconds. It is left out of manifests that would
/// become too long for a registry.
///
/// The members `acrx` are ours; BuildKit passes over them. Each step's layer stands alone, so its parent is none.
/// Records of other builders that lie on others (`inputs`) have keys that are never ours: they are left out.
inline constexpr std::string_view cache_config_type = "application/vnd.buildkit.cacheconfig.v0";

/// What a cache is kept as.
enum class cache_form
{
    manifest,  ///< of one image
    index,     ///< of blobs, as older builders write it
};

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
/// The config that the manifest of a cache names, its index in the older form, or an image, which may have a cache inside.
/// The layers of a manifest, which may be thousands, are not looked at.
/// @throws error (`errc::damaged`, `errc::not_supported`) if it is neither
ACRX_DECL descriptor find_cache_config(manifest_document const& document);
/// The manifest of a cache. @param config  of type `cache_config_type`
ACRX_DECL manifest make_cache_manifest(std::span<cache_entry const> entries, descriptor config);
/// The older form: an index that names the blobs of the layers and, last, the config.
ACRX_DECL image_index make_cache_index(std::span<cache_entry const> entries, descriptor config);
/// The steps that a manifest tells of without its config; nothing if it does not, or not as we write it.
ACRX_DECL std::optional<std::vector<cache_entry>> parse_cache_manifest(manifest_document const& document);

/// A step whose layer is one of the image that holds the cache.
struct inline_step
{
    digest key;
    std::size_t layer = 0;  ///< its place in the image, base first
    time_point created{};
};
/// The value of the member `moby.buildkit.cache.v0` of an image config: records as above, in base64.
ACRX_DECL std::string to_inline_cache(std::span<inline_step const> steps);
/// The steps of an image with such a member; those that are damaged are left out.
/// @throws error (`errc::not_supported`) if it has none, (`errc::damaged`) if that cannot be read
ACRX_DECL std::vector<cache_entry> parse_inline_cache(std::string_view config, manifest const& image);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/cache_image.ipp>
#endif
#endif
