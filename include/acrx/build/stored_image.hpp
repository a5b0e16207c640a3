// Takes an image out of the local store, ready to be pushed.
#ifndef ACRX_BUILD_STORED_IMAGE_HPP
#define ACRX_BUILD_STORED_IMAGE_HPP

#include <acrx/build/finish_image.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <optional>

namespace acrx {
/// The image that has the name in the store, with its attestations; nothing if there is none.
/// @throws error (`errc::not_found`) if a manifest or config of it is missing. Layers may be missing: their blobs are
///         looked for when they are pushed.
ACRX_DECL std::optional<finished_build> stored_image(oci_layout const& store, reference const& name);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/stored_image.ipp>
#endif
#endif
