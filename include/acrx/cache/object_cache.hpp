// The layer cache in an object store: an object a step, and one a layer.
#ifndef ACRX_CACHE_OBJECT_CACHE_HPP
#define ACRX_CACHE_OBJECT_CACHE_HPP

#include <acrx/cache/layer_cache.hpp>
#include <acrx/core/awaits_to.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
/// A type that keeps objects by name.
///
/// | for `O o`, `std::string name, bytes` | is                                      | means                                |
/// |--------------------------------------|-----------------------------------------|--------------------------------------|
/// | `o.get(name)`                        | `awaitable<std::optional<std::string>>` | the object; nothing if there is none |
/// | `o.put(name, bytes)`                 | `awaitable<void>`                       | stores it, whole or not at all       |
///
/// Names are lower-case letters, digits and slashes. Both throw when the store does not answer, and stop soon when
/// cancelled.
/// @see http_object_store
template<class O>
concept object_client = std::movable<O> && requires(O o, std::string name, std::string bytes) {
    { o.get(name) } -> awaits_to<std::optional<std::string>>;
    { o.put(name, bytes) } -> awaits_to<void>;
};

/// Keeps steps as `steps/KEY` and their layers as `layers/DIGEST`, each in hexadecimal. A step that is found brings its
/// layer to the local store, its digest checked: one that is damaged, cut off or missing is a miss. A layer passes
/// through memory.
///
/// @tparam Client  how the store is spoken to
/// @par Thread safety  one strand
template<object_client Client>
class basic_object_cache
{
public:
    /// @param store  that has the layers of steps that are stored; must outlive this
    basic_object_cache(Client client, oci_layout& store) : client_(std::move(client)), store_(&store) {}

    /// @throws error if the store does not answer
    net::awaitable<std::optional<cached_step>> find(digest key);
    /// Declines a step whose layer is not in the local store.
    /// @throws error if the store does not answer
    net::awaitable<void> store(digest key, cached_step step);

private:
    Client client_;
    oci_layout* store_;
};
}  // namespace acrx

#include <acrx/cache/impl/object_cache.hpp>
#endif
