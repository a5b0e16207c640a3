// Pushes an image: what the registry has is not sent, what it has elsewhere is mounted.
#ifndef ACRX_BUILD_PUSH_IMAGE_HPP
#define ACRX_BUILD_PUSH_IMAGE_HPP

#include <acrx/build/finish_image.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/awaitable.hpp>

namespace acrx {
/// Pushes under one name: blobs first, side by side, then the manifest, so that the name never stands for half an image.
///
/// A registry that holds the manifest under that name already is asked nothing more. A base layer that is not on this
/// machine is mounted from its own repository if that is on the same host, else fetched and sent.
template<registry_client Registry>
net::awaitable<void> push_image(Registry& registry, basic_layer_store<Registry>& layers, finished_build const& build,
                                reference name);
}  // namespace acrx

#include <acrx/build/impl/push_image.hpp>
#endif
