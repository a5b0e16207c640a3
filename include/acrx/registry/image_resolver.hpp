// The concept of what tells which image a name stands for.
#ifndef ACRX_REGISTRY_IMAGE_RESOLVER_HPP
#define ACRX_REGISTRY_IMAGE_RESOLVER_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/reference.hpp>

#include <concepts>
#include <optional>

namespace acrx {
/// A type that tells which image a name stands for; every `registry_client` does.
///
/// | for `R r`, `reference ref` | is                                     | means                                                    |
/// |----------------------------|----------------------------------------|----------------------------------------------------------|
/// | `r.resolve(ref)`           | `awaitable<std::optional<descriptor>>` | what the name stands for now; nothing if it is not there |
///
/// It may be called again and by several coroutines of one strand at once, stops soon when cancelled, and throws
/// `error` if the place cannot be asked.
template<class R>
concept image_resolver = std::movable<R> && requires(R r, reference ref) {
    { r.resolve(ref) } -> awaits_to<std::optional<descriptor>>;
};
}  // namespace acrx
#endif
