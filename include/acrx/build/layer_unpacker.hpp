// Makes layers lie unpacked on this machine.
#ifndef ACRX_BUILD_LAYER_UNPACKER_HPP
#define ACRX_BUILD_LAYER_UNPACKER_HPP

#include <acrx/build/layer_ref.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/core/async_once.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/snapshot/snapshotter.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <utility>
#include <vector>

namespace acrx {
/// Fetches what is missing of a stack, and unpacks it from the base up; each layer once, however many ask.
/// @par Thread safety  one strand
template<registry_client Registry, snapshotter Snapshots>
class basic_layer_unpacker
{
public:
    /// @param layers, snapshots  must outlive this
    /// @param pool               where blocking work runs
    basic_layer_unpacker(basic_layer_store<Registry>& layers, Snapshots& snapshots, net::any_io_executor pool)
        : layers_(layers), snapshots_(snapshots), pool_(std::move(pool))
    {}

    /// @param layers  base first
    net::awaitable<void> unpack(std::vector<layer_ref> layers);

private:
    net::awaitable<bool> unpack_one(std::vector<layer_ref> below, layer_ref layer);

    basic_layer_store<Registry>& layers_;
    Snapshots& snapshots_;
    net::any_io_executor pool_;
    std::map<digest, async_once<bool>> unpacked_;
};
}  // namespace acrx

#include <acrx/build/impl/layer_unpacker.hpp>
#endif
