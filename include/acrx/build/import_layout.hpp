// Brings an image from an OCI image layout of the user's into the local store.
#ifndef ACRX_BUILD_IMPORT_LAYOUT_HPP
#define ACRX_BUILD_IMPORT_LAYOUT_HPP

#include <acrx/build/named_location.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <filesystem>
#include <span>
#include <stop_token>

namespace acrx {
/// Copies the manifests and configs of an image, and of all platforms if it has several; no layer. Writes nothing to
/// the layout itself.
///
/// @return the digest of what the tag names
/// @throws error (`errc::not_found`) if the folder is no layout or has no such image, (`errc::digest_mismatch`)
ACRX_DECL digest import_manifests(layout_location const& from, oci_layout& store);

/// Copies what of these blobs is not in the store yet. One that the layout leaves to other servers may be missing.
/// @throws error (`errc::not_found`, `errc::digest_mismatch`), (`errc::canceled`) when told to stop
ACRX_DECL void import_blobs(layout_location const& from, std::span<descriptor const> blobs, oci_layout& store,
                            std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/import_layout.ipp>
#endif
#endif
