// The smallest type that is a credential provider: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CREDENTIAL_PROVIDER_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CREDENTIAL_PROVIDER_HPP
#include <acrx/identity/credential_provider.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct credential_provider_archetype
{
    credential_provider_archetype(credential_provider_archetype&&) = default;
    credential_provider_archetype& operator=(credential_provider_archetype&&) = default;
    net::awaitable<credential> find(std::string const& host);
};
static_assert(credential_provider<credential_provider_archetype>);
}  // namespace acrx::testing
#endif
