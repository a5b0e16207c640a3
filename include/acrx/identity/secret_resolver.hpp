// The concept of what knows secrets by reference.
#ifndef ACRX_IDENTITY_SECRET_RESOLVER_HPP
#define ACRX_IDENTITY_SECRET_RESOLVER_HPP

#include <acrx/core/awaits_to.hpp>

#include <concepts>
#include <string>

namespace acrx {
/// Where a secret is kept.
struct secret_reference
{
    std::string where;      ///< the URL of a vault's secret, or another form that the resolver understands
    std::string client_id;  ///< of the identity that may read it; empty for the usual one
};

/// A type that reads secrets.
///
/// | for `S secrets`, `secret_reference reference` | is                          | means     |
/// |-----------------------------------------------|-----------------------------|-----------|
/// | `secrets.resolve(reference)`                  | an `awaitable<std::string>` | its value |
///
/// `resolve` may be called several times at once, stops soon when cancelled, and throws `error` for a secret that it
/// does not know or may not read; the text of the error shows no value.
/// @see local_secrets
template<class S>
concept secret_resolver = std::movable<S> && requires(S secrets, secret_reference reference) {
    { secrets.resolve(reference) } -> awaits_to<std::string>;
};
}  // namespace acrx
#endif
