// What a Docker or Podman configuration file says about credentials, without asking anyone.
#ifndef ACRX_IDENTITY_DETAIL_AUTH_FILE_HPP
#define ACRX_IDENTITY_DETAIL_AUTH_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace acrx::detail {
/// A question for a credential helper.
struct helper_question
{
    std::string helper;  ///< the program is `docker-credential-HELPER`
    std::string server;  ///< the registry, in the spelling that the helper knows

    bool operator==(helper_question const&) const = default;
};

/// Where a credential may come from.
using credential_source = std::variant<helper_question, credential>;

/// The members of one file that have to do with credentials.
class auth_file
{
public:
    /// @param name  for error texts, which never quote the contents
    /// @throws error (`errc::damaged`)
    static ACRX_DECL auth_file parse(std::string_view bytes, std::string const& name);

    /// The sources for `host[:port][/repository]`, to be tried in order: the helper of this host, the common store,
    /// then what the file itself holds, the closest key first.
    ACRX_DECL std::vector<credential_source> sources(std::string_view host) const;

private:
    std::string store_;
    std::map<std::string, std::string> helpers_;
    std::map<std::string, credential> auths_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/auth_file.ipp>
#endif
#endif
