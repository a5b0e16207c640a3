// What to say to whom so that a registry lets us in; does no I/O (Docker token specification).
#ifndef ACRX_REGISTRY_DETAIL_LOGIN_FLOW_HPP
#define ACRX_REGISTRY_DETAIL_LOGIN_FLOW_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/registry/challenge.hpp>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace acrx::detail {
/// Send this to the token server and pass its answer on.
struct ask_token_server
{
    http_request request;
};

/// Put this into `Authorization`.
struct logged_in
{
    std::string authorization;
    std::chrono::seconds lifetime;
};

using login_action = std::variant<ask_token_server, logged_in>;

/// Answers one challenge. Bearer: identity tokens and the OAuth2 form first where there is one, else the GET form.
class login_flow
{
public:
    /// @param host         the registry, for error texts
    /// @param plain_is_fine  the registry itself is spoken to without TLS, so its token server may be, too
    ACRX_DECL login_flow(std::string host, auth_challenge challenge, std::vector<std::string> scopes, credential who,
                         bool plain_is_fine);

    /// @param answer  to the last request; status 0 at the start
    /// @throws error (`errc::unauthorized`, `denied`, `rate_limited`, `unavailable`, `protocol`)
    ACRX_DECL login_action next(http_response const& answer = {});

private:
    login_action first();
    login_action read_token(http_response const& answer) const;
    ask_token_server get_form() const;
    ask_token_server post_form() const;
    [[noreturn]] void refuse(unsigned status) const;

    std::string host_;
    auth_challenge challenge_;
    std::vector<std::string> scopes_;
    credential who_;
    bool plain_is_fine_;
    bool has_posted_ = false;
};

/// The value of `Authorization` for a name and a password.
ACRX_DECL std::string basic_authorization(std::string const& user, std::string const& secret);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/login_flow.ipp>
#endif
#endif
