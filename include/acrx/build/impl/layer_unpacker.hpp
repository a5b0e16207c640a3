// Bodies of build/layer_unpacker.hpp.
#ifndef ACRX_BUILD_IMPL_LAYER_UNPACKER_HPP
#define ACRX_BUILD_IMPL_LAYER_UNPACKER_HPP
#include <acrx/build/layer_unpacker.hpp>
#include <acrx/core/offload.hpp>

#include <stop_token>
#include <utility>

namespace acrx {
template<registry_client R, snapshotter S>
net::awaitable<void> basic_layer_unpacker<R, S>::unpack(std::vector<layer_ref> layers)
{
    std::vector<layer_ref> missing;
    for (auto const& layer : layers)
        if (!snapshots_.contains(layer.layer.diff_id))
            missing.push_back(layer);
    if (missing.empty())
        co_return;
    co_await layers_.fetch_all(std::move(missing));
    // From the base up: a folder that a layer does not list has the owner and mode it has below.
    std::vector<layer_ref> below;
    for (auto const& layer : layers) {
        auto once = unpack_one(below, layer);
        co_await unpacked_[layer.layer.diff_id].get(std::move(once));
        below.push_back(layer);
    }
}

template<registry_client R, snapshotter S>
net::awaitable<bool> basic_layer_unpacker<R, S>::unpack_one(std::vector<layer_ref> below, layer_ref layer)
{
    auto const& diff_id = layer.layer.diff_id;
    if (snapshots_.contains(diff_id))
        co_return true;
    co_await layers_.fetch(layer);
    auto const parents = diff_ids_of(below);
    auto unpack_blob = [&](std::stop_token stop) {
        auto index = snapshots_.unpack(layers_.store().blob_path(layer.layer.blob.digest), diff_id, parents, stop);
        // One from packing stays: it knows the digests of contents, of which the keys of COPY --from are made.
        if (!layers_.has_index(diff_id))
            layers_.keep_index(diff_id, std::move(index));
    };
    co_await offload(pool_, unpack_blob);
    co_return true;
}
}  // namespace acrx
#endif
