// A layer of an image that is being built, and where its bytes can be had.
#ifndef ACRX_BUILD_LAYER_REF_HPP
#define ACRX_BUILD_LAYER_REF_HPP

#include <acrx/core/clock.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <optional>
#include <span>
#include <vector>

namespace acrx {
/// A layer that this build made, or that came with a base image and need not be here.
struct layer_ref
{
    packed_layer layer;
    time_point created{};
    std::optional<reference> origin;  ///< the repository that holds it, for layers of base images
};

/// The chain id of a stack of layers, base first; empty for none.
inline digest chain_of(std::span<layer_ref const> layers)
{
    digest chain;
    for (auto const& ref : layers)
        chain = chain_id(chain, ref.layer.diff_id);
    return chain;
}

/// The diff ids of a stack, base first.
inline std::vector<digest> diff_ids_of(std::span<layer_ref const> layers)
{
    std::vector<digest> ids;
    for (auto const& ref : layers)
        ids.push_back(ref.layer.diff_id);
    return ids;
}
}  // namespace acrx
#endif
