// Bodies of server/oidc_issuer.hpp.
#ifndef ACRX_SERVER_IMPL_OIDC_ISSUER_IPP
#define ACRX_SERVER_IMPL_OIDC_ISSUER_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/http/url.hpp>
#include <acrx/server/detail/json_claims.hpp>
#include <acrx/server/oidc_issuer.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <utility>

namespace acrx {
struct oidc_issuer::state
{
    oidc_settings settings;
    http_client client;
    std::function<time_point()> now;
    json_web_keys keys = {};
    std::optional<time_point> fetched = {};   ///< when they came
    std::optional<time_point> asked = {};     ///< when somebody tried last to have new ones
    std::optional<time_point> searched = {};  ///< when somebody tried last to find a key that was not known
    gate turn = gate();

    bool knows(std::string const& key_id) const { return fetched && (key_id.empty() || keys.has(key_id)); }
    bool is_past(std::optional<time_point> const& moment, std::chrono::seconds pause) const
    {
        return !moment || now() - *moment > pause;
    }
    bool is_due() const
    {
        return is_past(fetched, std::chrono::hours(1)) && is_past(asked, std::chrono::seconds(fetched ? 60 : 5));
    }
    /// Whether the issuer is to be asked because of a key that is not known; notes that it is.
    bool may_search(std::string const& key_id)
    {
        if (!fetched || knows(key_id) || !is_past(searched, std::chrono::minutes(1)))
            return false;
        searched = now();
        return true;
    }
};

ACRX_DECL oidc_issuer::oidc_issuer(oidc_settings settings, http_client client, std::function<time_point()> now)
    : state_(std::make_shared<state>(state{std::move(settings), std::move(client), std::move(now)}))
{}

ACRX_DECL net::awaitable<std::optional<caller>> oidc_issuer::find(std::string token)
{
    std::optional<caller> nobody;
    std::optional<json_web_token> read;
    try {
        read = json_web_token::parse(token);
    } catch (error const&) {  // a stranger's, or one of another kind
        co_return nobody;
    }
    auto const is_known = co_await has_key(read->key_id);
    if (!is_known)
        co_return nobody;
    co_return judge(*read);
}

inline std::optional<caller> oidc_issuer::judge(json_web_token const& token) const
{
    auto const& settings = state_->settings;
    if (!state_->keys.verify(token))
        return std::nullopt;
    try {
        check_claims(token.claims, {settings.issuer, settings.audience}, state_->now());
    } catch (error const&) {
        return std::nullopt;
    }
    std::optional<role> highest;
    auto const* roles = token.claims.if_contains(settings.role_claim);
    for (auto const r : {role::reader, role::runner, role::owner})
        if (detail::claim_names(roles, to_string(r)))
            highest = r;
    if (!highest)
        return std::nullopt;
    auto name = detail::claim_text(token.claims, settings.name_claim);
    return caller{name.empty() ? settings.issuer : std::move(name), *highest};
}

/// Who needs a key that is not known waits for whoever asks the issuer already.
inline net::awaitable<bool> oidc_issuer::has_key(std::string key_id)
{
    auto& s = *state_;
    if (s.knows(key_id) && !s.is_due())
        co_return true;
    auto const pass = co_await s.turn.enter(std::string());
    if (s.is_due() || s.may_search(key_id)) {
        s.asked = s.now();
        try {
            co_await fetch_keys();
        } catch (error const& e) {
            if (!s.fetched)
                throw error(errc::unavailable, e.text(), e.advice());
        }
    } else if (!s.fetched) {
        throw error(errc::unavailable, "asking the issuer " + s.settings.issuer + " for its keys: it did not give them a moment ago");
    }
    co_return s.knows(key_id);
}

inline net::awaitable<void> oidc_issuer::fetch_keys()
{
    auto& s = *state_;
    auto const doing = "asking the issuer " + s.settings.issuer + " for its keys";
    auto base = s.settings.issuer;
    while (base.ends_with('/'))
        base.pop_back();
    http_request request;
    request.target = parse_url(base + "/.well-known/openid-configuration");
    constexpr std::size_t limit = 1 << 20;
    auto const about = co_await s.client.fetch(std::move(request), limit);
    error_code failed;
    auto const document = boost::json::parse(about.body, failed);
    if (!is_success(about.status) || failed || !document.is_object())
        throw error(errc::unavailable, doing + ": status " + std::to_string(about.status));
    if (detail::claim_text(document.get_object(), "issuer") != s.settings.issuer)
        throw error(errc::protocol, doing + ": the document is of another issuer",
                    "Give the issuer exactly as its tokens name it, with or without a slash at its end.");
    http_request keys;
    keys.target = parse_url(detail::claim_text(document.get_object(), "jwks_uri"));
    auto const answer = co_await s.client.fetch(std::move(keys), limit);
    if (!is_success(answer.status))
        throw error(errc::unavailable, doing + ": status " + std::to_string(answer.status));
    s.keys = json_web_keys::parse(answer.body);
    s.fetched = s.now();
}
}  // namespace acrx
#endif
