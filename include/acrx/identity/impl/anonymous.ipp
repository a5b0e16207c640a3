// Bodies of identity/anonymous.hpp.
#ifndef ACRX_IDENTITY_IMPL_ANONYMOUS_IPP
#define ACRX_IDENTITY_IMPL_ANONYMOUS_IPP
#include <acrx/identity/anonymous.hpp>

namespace acrx {
ACRX_DECL net::awaitable<credential> anonymous::find(std::string)
{
    co_return credential();
}
}  // namespace acrx
#endif
