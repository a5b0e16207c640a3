// Bodies of registry/detail/answer_error.hpp.
#ifndef ACRX_REGISTRY_IMPL_ANSWER_ERROR_IPP
#define ACRX_REGISTRY_IMPL_ANSWER_ERROR_IPP
#include <acrx/registry/detail/answer_error.hpp>

#include <boost/json/parse.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
struct registry_complaint
{
    std::string code;
    std::string message;
};

/// Printable and short: the text is a stranger's, and is going to a terminal.
inline std::string tame(std::string_view text)
{
    constexpr std::size_t longest = 300;
    std::string tamed(text.substr(0, longest));
    for (auto& c : tamed)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = ' ';
    return tamed;
}

inline std::string text_member(boost::json::object const& o, std::string_view name)
{
    auto const* value = o.if_contains(name);
    return value && value->is_string() ? tame(std::string_view(value->get_string())) : std::string{};
}

inline std::vector<registry_complaint> complaints(http_response const& answer)
{
    std::vector<registry_complaint> found;
    error_code failed;
    auto const document = boost::json::parse(answer.body, failed);
    auto const* members = failed ? nullptr : document.if_object();
    auto const* list = members ? members->if_contains("errors") : nullptr;
    if (!list || !list->is_array())
        return found;
    for (auto const& entry : list->get_array())
        if (auto const* o = entry.if_object())
            found.push_back({text_member(*o, "code"), text_member(*o, "message")});
    return found;
}

ACRX_DECL errc code_of_status(unsigned status) noexcept
{
    switch (status) {
    case 401: return errc::unauthorized;
    case 403: return errc::denied;
    case 404: return errc::not_found;
    case 429: return errc::rate_limited;
    case 408: return errc::unavailable;
    default: return status >= 500 ? errc::unavailable : errc::protocol;
    }
}

ACRX_DECL bool is_transient_status(unsigned status) noexcept
{
    return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

ACRX_DECL std::string advice_to_log_in(std::string const& host, bool anonymous)
{
    if (anonymous)
        return "Nobody is logged in to " + host + ": put credentials for it into $DOCKER_CONFIG/config.json "
               "(~/.docker/config.json), as `docker login " + host + "` does, or check the name.";
    return "Check the credentials for " + host + " and what they allow in this repository.";
}

ACRX_DECL std::string describe_answer(http_response const& answer)
{
    auto text = std::to_string(answer.status);
    auto const* separator = " ";
    for (auto const& [code, message] : complaints(answer)) {
        text += separator + code + (code.empty() || message.empty() ? "" : ": ") + message;
        separator = "; ";
    }
    return text;
}

ACRX_DECL bool has_registry_code(http_response const& answer, std::string_view code)
{
    for (auto const& complaint : complaints(answer))
        if (complaint.code == code)
            return true;
    return false;
}

ACRX_DECL void throw_answer(http_response const& answer, std::string const& doing, std::string const& host)
{
    auto const code = code_of_status(answer.status);
    std::string advice;
    if (code == errc::unauthorized || code == errc::denied)
        advice = advice_to_log_in(host, code == errc::unauthorized);
    else if (code == errc::not_found)
        advice = "Check the repository and the tag; some registries say this of repositories that are private, too.";
    else if (code == errc::rate_limited)
        advice = "Wait, log in to get a higher limit, or pull through a mirror (--registry-mirror).";
    else if (code == errc::unavailable)
        advice = "The trouble is on the side of " + host + "; try again later.";
    throw error(code, doing + ": the registry answers " + describe_answer(answer), advice);
}

ACRX_DECL error in_context(boost::system::system_error const& inner, std::string const& doing, std::string const& host)
{
    std::string text = inner.what();
    if (auto const ending = ": " + inner.code().what(); text.ends_with(ending))
        text.resize(text.size() - ending.size());
    std::string advice;
    if (auto const* ours = dynamic_cast<error const*>(&inner))
        advice = ours->advice();
    if (advice.empty() && inner.code() == boost::system::errc::connection_refused)
        advice = "Nothing listens there: check that the registry " + host + " runs, and its port.";
    if (advice.empty() && std::string_view(inner.code().category().name()) == "asio.ssl")
        advice = "If " + host + " does not use TLS, say so with --insecure-registry " + host + ".";
    return error(inner.code(), doing + ": " + text, advice);
}
}  // namespace acrx::detail
#endif
