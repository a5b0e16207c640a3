// The proof that a delivery comes from who knows the secret.
#ifndef ACRX_TRIGGER_WEBHOOK_SIGNATURE_HPP
#define ACRX_TRIGGER_WEBHOOK_SIGNATURE_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/http/message.hpp>
#include <acrx/trigger/webhook.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// What a host and its receiver both know.
struct webhook_secret
{
    std::string value;  ///< the secret, token or password; an empty one refuses everything
    std::string user;   ///< for Basic credentials alone
};

/// Checks a delivery in constant time over its bytes as they were sent, before anything reads them.
///
/// GitHub: `X-Hub-Signature-256`. Gitea and Forgejo: `X-Gitea-Signature` or `X-Forgejo-Signature`. Bitbucket:
/// `X-Hub-Signature`. GitLab: `webhook-signature` for a secret that begins with `whsec_` (not older or newer than five
/// minutes), else `X-Gitlab-Token`. Azure DevOps: Basic credentials.
///
/// @param host  not `automatic`: whoever sends a forgery could choose the weakest proof
/// @throws error (`errc::unauthorized`) without the proof or with a wrong one; `errc::invalid_argument` for
///         `automatic`. No text holds a secret, or a part of the header.
ACRX_DECL void check_webhook(git_host host, http_headers const& headers, std::string_view body,
                             webhook_secret const& secret, time_point now);
/// Checks in constant time that a header holds a text that both know, as registries send it:
/// `Authorization: Bearer x`.
/// @throws error (`errc::unauthorized`)
ACRX_DECL void check_header(http_headers const& headers, std::string_view name, std::string_view expected);
/// Checks Basic credentials. @throws error (`errc::unauthorized`)
ACRX_DECL void check_basic(http_headers const& headers, webhook_secret const& secret);

/// HMAC-SHA256 (RFC 2104).
ACRX_DECL sha256_bytes hmac_sha256(std::string_view key, std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/webhook_signature.ipp>
#endif
#endif
