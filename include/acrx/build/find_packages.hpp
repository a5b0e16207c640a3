// Finds the packages in the root filesystem that layers make.
#ifndef ACRX_BUILD_FIND_PACKAGES_HPP
#define ACRX_BUILD_FIND_PACKAGES_HPP

#include <acrx/build/layer_ref.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <map>
#include <string>
#include <vector>

namespace acrx {
/// The files of a root that tell of packages, content by path. Only layers that hold such a file are fetched and read.
template<registry_client Registry>
net::awaitable<std::map<std::string, std::string>> find_package_files(basic_layer_store<Registry>& layers,
                                                                      std::vector<layer_ref> stack,
                                                                      net::any_io_executor pool);
}  // namespace acrx

#include <acrx/build/impl/find_packages.hpp>
#endif
