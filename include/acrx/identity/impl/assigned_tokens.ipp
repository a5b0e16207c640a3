// Bodies of identity/assigned_tokens.hpp.
#ifndef ACRX_IDENTITY_IMPL_ASSIGNED_TOKENS_IPP
#define ACRX_IDENTITY_IMPL_ASSIGNED_TOKENS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/assigned_tokens.hpp>

#include <algorithm>

namespace acrx {
ACRX_DECL bool assigned_identities::holds(std::string const& identity) const
{
    if (are_all)
        return true;
    if (identity.empty())
        return has_system;
    if (has_unknown && !identity.starts_with('/'))
        return true;
    auto const wanted = ascii_lower(identity);
    return std::ranges::any_of(names, [&](std::string const& name) { return ascii_lower(name) == wanted; });
}

ACRX_DECL void check_assigned(assigned_identities const& assigned, token_request const& request)
{
    if (assigned.holds(request.identity))
        return;
    auto const who = request.identity.empty() ? "the system's identity" : "the identity " + request.identity;
    throw error(errc::denied, "getting a token for " + request.resource + " as " + who + ", which is not assigned to the task",
                "Assign it: acrx-runner task identity assign -n TASK --identities "
                    + (request.identity.empty() ? std::string("[system]") : request.identity)
                    + ". Quick runs have the identities of their request; pull requests of forks have none.");
}
}  // namespace acrx
#endif
