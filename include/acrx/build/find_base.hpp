// Finds the image that a FROM line names, without its layers.
#ifndef ACRX_BUILD_FIND_BASE_HPP
#define ACRX_BUILD_FIND_BASE_HPP

#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace acrx {
/// Resolves a name: an image that exists only in the local store is taken from there, any other name is asked for at its
/// registry, every time, since tags move. Manifests and configs are kept in the store: a known digest costs one request.
///
/// @param name    as in a Dockerfile
/// @throws error  (`errc::not_found`) if there is no such image, or none for the platform;
///                (`errc::damaged`) if manifest and config do not fit together
template<registry_client Registry>
net::awaitable<std::shared_ptr<base_image const>> find_base(Registry& registry, oci_layout& store, std::string name,
                                                            platform wanted);
}  // namespace acrx

#include <acrx/build/impl/find_base.hpp>
#endif
