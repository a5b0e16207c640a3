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

#include <cstddef>
#include <optional>
#include <vector>

namespace acrx {
/// Where a stage ended: its layers and its image.
struct stage_result
{
    std::vector<layer_ref> layers;  ///< base first
    std::vector<history_entry> history;
    image_config config;
};

/// A manifest beside an image, with its parts.
struct attached_manifest
{
    manifest_document document;
    manifest content;
};

/// An image of one platform, ready to be pushed; all but layers of its base lies in the store.
struct finished_image
{
    manifest_document document;
    manifest image;
    acrx::platform platform;  ///< that was asked for; with the version of Windows that the base has
    std::vector<layer_ref> layers;
    time_point created{};
    std::vector<attached_manifest> attestations;

    /// The layers that go where the image goes: all that its manifest does not leave to other servers.
    std::vector<layer_ref> own_layers() const
    {
        std::vector<layer_ref> own;
        for (std::size_t i = 0; i < layers.size(); ++i)
            if (image.layers.at(i).urls.empty())
                own.push_back(layers[i]);
        return own;
    }
};

/// What the name of an image stands for: one image, or an index of the images for several platforms and of all attestations.
struct finished_build
{
    std::vector<finished_image> images;      ///< at least one
    std::optional<manifest_document> index;  ///< nothing for one image without attestations

    descriptor top() const { return describe(index ? *index : images.front().document); }
};

/// The time of the image: SOURCE_DATE_EPOCH, else that of its newest layer, else now.
ACRX_DECL time_point time_of(stage_result const& stage, build_request const& request);

/// Writes config and manifest into the store. Times come from the layers, so the same layers give the same image.
/// @param form  of media types and annotations; what the layers are stored as is their own
/// @param base  what the stage started from, for the annotations that name it; null for scratch
ACRX_DECL finished_image finish_image(oci_layout& store, stage_result stage, build_request const& request,
                                      image_form const& form, base_image const* base);

/// The images that a plan starts from or copies from, with the digests that were found.
ACRX_DECL std::vector<reference> bases_of(build_plan const& plan);

/// Images by what their names stand for in their registries now, indexes included: what a new image can be compared with.
struct base_names
{
    std::optional<reference> runtime;  ///< below the image; nothing if it is from scratch
    std::vector<reference> buildtime;  ///< all others
};
/// The same images, parted.
ACRX_DECL base_names base_names_of(build_plan const& plan);
/// The image that the target stage, or the stage it starts from, starts from; null for scratch.
ACRX_DECL base_image const* base_of(build_plan const& plan);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/finish_image.ipp>
#endif
#endif
