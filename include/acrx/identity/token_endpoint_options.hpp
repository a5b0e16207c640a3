// How a token endpoint is set up, and what it tells of its work.
#ifndef ACRX_IDENTITY_TOKEN_ENDPOINT_OPTIONS_HPP
#define ACRX_IDENTITY_TOKEN_ENDPOINT_OPTIONS_HPP

#include <functional>
#include <map>
#include <string>

namespace acrx {
/// Where a `token_endpoint` answers in the form of App Service: the path of `IDENTITY_ENDPOINT`.
inline constexpr char const* identity_endpoint_path = "/msi/token";

/// The settings of a `token_endpoint`.
struct token_endpoint_options
{
    /// Whether it answers in the form of the metadata service, which asks for no secret: only where nobody can send
    /// requests but those that may have the tokens.
    bool is_metadata_service = true;
    std::string key = {};  ///< `IDENTITY_HEADER` of App Service's form; a secret; empty refuses all requests of that form
    std::map<std::string, std::string> objects = {};  ///< identities, as in `token_request`, by their object ids
    std::function<void(std::string const&)> issued = {};  ///< told of each token before it goes out; a secret
    std::function<void(std::string const&)> failed = {};  ///< told why the source gave none, unless it may not; without secrets
};
}  // namespace acrx
#endif
