// Bodies of registry/detail/login_flow.hpp.
#ifndef ACRX_REGISTRY_IMPL_LOGIN_FLOW_IPP
#define ACRX_REGISTRY_IMPL_LOGIN_FLOW_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/login_flow.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>

namespace acrx::detail {
inline constexpr std::chrono::seconds basic_lifetime{300};
inline constexpr std::chrono::seconds default_token_lifetime{60};

ACRX_DECL std::string basic_authorization(std::string const& user, std::string const& secret)
{
    return "Basic " + to_base64(user + ":" + secret);
}

ACRX_DECL login_flow::login_flow(std::string host, auth_challenge challenge, std::vector<std::string> scopes,
                                 credential who, bool plain_is_fine)
    : host_(std::move(host)),
      challenge_(std::move(challenge)),
      scopes_(std::move(scopes)),
      who_(std::move(who)),
      plain_is_fine_(plain_is_fine)
{}

ACRX_DECL login_action login_flow::next(http_response const& answer)
{
    if (answer.status == 0)
        return first();
    if (is_success(answer.status))
        return read_token(answer);
    auto const no_such_form = answer.status == 404 || answer.status == 405 || answer.status == 401 || answer.status == 400;
    if (std::exchange(has_posted_, false) && no_such_form && !who_.secret.empty())
        return get_form();
    refuse(answer.status);
}

inline login_action login_flow::first()
{
    if (challenge_.scheme == "basic") {
        if (who_.secret.empty())
            refuse(401);
        return logged_in{basic_authorization(who_.user, who_.secret), basic_lifetime};
    }
    if (!who_.registry_token.empty())
        return logged_in{"Bearer " + who_.registry_token, basic_lifetime};
    auto const realm = parse_url(challenge_.get("realm"));
    if (realm.scheme != "https" && !plain_is_fine_ && !is_loopback_host(realm.host))
        throw error(errc::protocol, "logging in to " + host_ + ": its token server " + authority(realm) + " does not use TLS");
    if (who_.identity_token.empty())
        return get_form();
    has_posted_ = true;
    return post_form();
}

inline ask_token_server login_flow::get_form() const
{
    http_request request;
    request.target = parse_url(challenge_.get("realm"));
    auto& target = request.target.target;
    if (auto const service = challenge_.get("service"); !service.empty())
        target = with_query(target, "service", service);
    for (auto const& scope : scopes_)
        target = with_query(target, "scope", scope);
    target = with_query(target, "client_id", "acrx");
    if (!who_.secret.empty()) {
        target = with_query(target, "account", who_.user);
        request.headers.set("Authorization", basic_authorization(who_.user, who_.secret));
    }
    return {std::move(request)};
}

inline ask_token_server login_flow::post_form() const
{
    std::string scopes;
    for (auto const& scope : scopes_)
        scopes += (scopes.empty() ? "" : " ") + scope;
    std::string form = "grant_type=refresh_token&client_id=acrx&service=" + percent_encode(challenge_.get("service"));
    form += "&scope=" + percent_encode(scopes) + "&refresh_token=" + percent_encode(who_.identity_token);
    http_request request;
    request.method = "POST";
    request.target = parse_url(challenge_.get("realm"));
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(form);
    return {std::move(request)};
}

inline login_action login_flow::read_token(http_response const& answer) const
{
    error_code failed;
    auto const document = boost::json::parse(answer.body, failed);
    std::string token;
    auto lifetime = default_token_lifetime;
    if (!failed && document.is_object()) {
        auto const& members = document.get_object();
        for (auto const* name : {"token", "access_token"})
            if (auto const* value = members.if_contains(name); token.empty() && value && value->is_string())
                token = std::string(value->get_string());
        if (auto const* value = members.if_contains("expires_in"); value && value->is_int64())
            lifetime = std::max(lifetime, std::chrono::seconds(value->get_int64()));
    }
    if (token.empty() || token.find_first_of("\r\n") != token.npos)
        throw error(errc::protocol, "logging in to " + host_ + ": the token server's answer holds no token");
    return logged_in{"Bearer " + token, lifetime};
}

inline void login_flow::refuse(unsigned status) const
{
    auto const code = status == 403 || status == 400 ? errc::denied : code_of_status(status);
    if (code != errc::unauthorized && code != errc::denied)
        throw error(code, "logging in to " + host_ + ": the token server answers " + std::to_string(status));
    throw error(code, "logging in to " + host_, advice_to_log_in(host_, who_.is_anonymous()));
}
}  // namespace acrx::detail
#endif
