// Image manifests and indexes as values (OCI image 1.1, manifest.md and image-index.md).
#ifndef ACRX_IMAGE_MANIFEST_HPP
#define ACRX_IMAGE_MANIFEST_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A config and its layers, base first.
struct manifest
{
    std::string media_type;
    std::string artifact_type;  ///< empty for images
    descriptor config;
    std::vector<descriptor> layers;
    std::optional<descriptor> subject;
    std::map<std::string, std::string> annotations;
};

/// Manifests of several platforms, or attachments, under one name.
struct image_index
{
    std::string media_type;
    std::string artifact_type;
    std::vector<descriptor> manifests;
    std::optional<descriptor> subject;
    std::map<std::string, std::string> annotations;
};

/// Bytes of a manifest or index as a registry holds them; never serialised again, so their digest stays.
struct manifest_document
{
    std::string media_type;
    std::string bytes;
    acrx::digest digest;
};

/// @param media_type  the Content-Type of the answer, used when the document does not name its own; may be empty
/// @throws error (`errc::damaged`), also for a document that is both a manifest and an index
ACRX_DECL manifest parse_manifest(std::string_view bytes, std::string_view media_type = {});
ACRX_DECL image_index parse_index(std::string_view bytes, std::string_view media_type = {});
/// What a document is: its own mediaType, else `content_type` (parameters ignored), else by its shape.
ACRX_DECL std::string manifest_media_type(std::string_view bytes, std::string_view content_type);

/// The document to store: compact JSON, members in the order of the specification.
ACRX_DECL manifest_document to_document(manifest const& m);
ACRX_DECL manifest_document to_document(image_index const& index);
/// The descriptor of a document.
ACRX_DECL descriptor describe(manifest_document const& document);

/// The entry of `index` that serves `wanted` best; entries for `unknown` and attestations are passed over.
/// An entry that names no platform is taken when no other fits: its config, or the index it is, has the answer.
/// @return nothing if none does
ACRX_DECL std::optional<descriptor> choose(image_index const& index, platform const& wanted);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/image/impl/manifest.ipp>
#endif
#endif
