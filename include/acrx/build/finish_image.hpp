// Makes the image of a finished stage: its config and its manifest.
#ifndef ACRX_BUILD_FINISH_IMAGE_HPP
#define ACRX_BUILD_FINISH_IMAGE_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/layer_ref.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <vector>

namespace acrx {
/// Where a stage ended: its layers and its image.
struct stage_result
{
    std::vector<layer_ref> layers;  ///< base first
    std::vector<history_entry> history;
    image_config config;
};

/// An image that is ready to be pushed; its manifest, config and new layers lie in the store.
struct finished_image
{
    manifest_document document;
    manifest image;
    std::vector<layer_ref> layers;
};

/// Writes config and manifest into the store. Times come from the layers, so the same layers give the same image.
ACRX_DECL finished_image finish_image(oci_layout& store, stage_result stage, build_request const& request);

/// The images that a plan starts from or copies from, with the digests that were found.
ACRX_DECL std::vector<reference> bases_of(build_plan const& plan);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/finish_image.ipp>
#endif
#endif
