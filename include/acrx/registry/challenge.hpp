// Reads WWW-Authenticate: how a registry wants its clients to prove who they are (RFC 9110, 11.6.1).
#ifndef ACRX_REGISTRY_CHALLENGE_HPP
#define ACRX_REGISTRY_CHALLENGE_HPP

#include <acrx/core/config.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One way to authenticate.
struct auth_challenge
{
    std::string scheme;                             ///< lower case: `bearer`, `basic`
    std::map<std::string, std::string> parameters;  ///< names in lower case

    /// The value of a parameter; empty if it is not there.
    ACRX_DECL std::string get(std::string const& name) const;
    bool operator==(auth_challenge const&) const = default;
};

/// The challenges of one or more fields, in order; what is malformed is left out.
ACRX_DECL std::vector<auth_challenge> parse_challenges(std::vector<std::string> const& fields);
/// The one to answer: Bearer with a realm first, else Basic; nothing if neither is there.
ACRX_DECL std::optional<auth_challenge> choose_challenge(std::vector<auth_challenge> const& challenges);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/challenge.ipp>
#endif
#endif
