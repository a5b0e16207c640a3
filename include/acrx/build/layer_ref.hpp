// A layer of an image that is being built, and where its bytes can be had.
#ifndef ACRX_BUILD_LAYER_REF_HPP
#define ACRX_BUILD_LAYER_REF_HPP

#include <acrx/core/clock.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// What a step is known by.
struct step_keys
{
    digest lookup;                 ///< in the cache of the build
    std::array<digest, 4> traced;  ///< under each key policy, in the order of `traced_keys`; empty without a trace
};

/// A layer that a step made, or that came with a base image; one with an origin need not be here.
struct layer_ref
{
    packed_layer layer;
    time_point created{};
    std::optional<reference> origin;  ///< a repository that holds it
    bool is_of_step = false;          ///< made by a step of a Dockerfile and found in a cache
    double seconds = 0;               ///< that its step took when it was run; 0 if that is not known
    std::shared_ptr<step_keys const> keys = {};  ///< of its step; nothing for a layer of a base
    bool is_for_windows = false;  ///< lies on a base for Windows: may be written in a form of its own (`layer_form`)

    bool is_of_base() const noexcept { return origin && !is_of_step; }
};

/// The chain id of a stack of layers, base first; empty for none.
inline digest chain_of(std::span<layer_ref const> layers)
{
    digest chain;
    for (auto const& ref : layers)
        chain = chain_id(chain, ref.layer.diff_id);
    return chain;
}

/// Layers on top of each other, base first, and their chain id, which is not worked out anew for each of them.
struct layer_stack
{
    std::vector<layer_ref> layers;
    digest chain;          ///< empty for none
    std::string metadata;  ///< the instructions without a layer since the last one

    explicit layer_stack(std::vector<layer_ref> from) : layers(std::move(from)), chain(chain_of(layers)) {}
    /// What decides how layers on top of this one are written; empty where they are plain.
    digest form_source() const
    {
        bool const is_plain = layers.empty() || !layers.front().is_for_windows;
        return is_plain ? digest() : layers.front().layer.diff_id;
    }
    void push(layer_ref layer)
    {
        layer.is_for_windows = !layers.empty() && layers.front().is_for_windows;
        chain = chain_id(chain, layer.layer.diff_id);
        layers.push_back(std::move(layer));
        metadata.clear();
    }
};

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
