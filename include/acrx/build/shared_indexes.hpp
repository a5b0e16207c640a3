// Layer indexes published beside an image, so that a fresh machine can build on it without reading its layers.
#ifndef ACRX_BUILD_SHARED_INDEXES_HPP
#define ACRX_BUILD_SHARED_INDEXES_HPP

#include <acrx/build/layer_store.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/awaitable.hpp>

#include <string_view>
#include <vector>

namespace acrx {
/// The artifact type of the manifest that holds them: its subject is the image, its layers are the indexes, base first,
/// each with the diff id it belongs to in the annotation `dev.acrx.diff-id`.
inline constexpr std::string_view layer_indexes_type = "application/vnd.acrx.layer-indexes.v1";

/// The layers of an image, to be had from its registry.
inline std::vector<layer_ref> layers_of_image(base_image const& image);

/// Publishes the indexes of an image as a referrer of it, making those that are not known.
template<referrer_client Registry>
net::awaitable<void> publish_indexes(Registry& registry, basic_layer_store<Registry>& layers, base_image const& image);

/// Takes over the indexes that the registry offers for layers of which nothing is known here.
/// An index cannot be checked against its layer without reading it: whoever may write to the repository is believed.
/// Offers nothing and fails not where there are none.
/// @throws error (`errc::damaged`) for an offer that is no index
template<referrer_client Registry>
net::awaitable<void> fetch_indexes(Registry& registry, basic_layer_store<Registry>& layers, base_image const& image);
}  // namespace acrx

#include <acrx/build/impl/shared_indexes.hpp>
#endif
