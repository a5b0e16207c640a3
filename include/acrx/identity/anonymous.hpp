// The credential provider that has none.
#ifndef ACRX_IDENTITY_ANONYMOUS_HPP
#define ACRX_IDENTITY_ANONYMOUS_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx {
/// Asks every registry as nobody.
class anonymous
{
public:
    ACRX_DECL net::awaitable<credential> find(std::string host);
};
static_assert(credential_provider<anonymous>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/anonymous.ipp>
#endif
#endif
