// Bodies of identity/detail/token_answer.hpp.
#ifndef ACRX_IDENTITY_IMPL_TOKEN_ANSWER_IPP
#define ACRX_IDENTITY_IMPL_TOKEN_ANSWER_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/token_answer.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

namespace acrx::detail {
inline boost::json::value parsed_answer(std::string_view text)
{
    boost::json::error_code failed;
    auto value = boost::json::parse({text.data(), text.size()}, failed);
    return failed ? boost::json::value() : value;
}

inline std::string answer_text(boost::json::value const& document, std::string_view pointer)
{
    boost::json::error_code missing;
    auto const* found = document.find_pointer({pointer.data(), pointer.size()}, missing);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// Seconds that are written as a number or as a text of digits.
inline std::optional<std::chrono::seconds> answer_seconds(boost::json::value const& document, std::string_view pointer)
{
    boost::json::error_code missing;
    auto const* found = document.find_pointer({pointer.data(), pointer.size()}, missing);
    if (found == nullptr)
        return std::nullopt;
    std::int64_t count = -1;
    if (found->is_string()) {
        auto const& text = found->get_string();
        auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (failed != std::errc() || end != text.data() + text.size())
            return std::nullopt;
    } else {
        boost::json::error_code inexact;
        count = found->to_number<std::int64_t>(inexact);
        if (inexact)
            return std::nullopt;
    }
    constexpr std::int64_t latest = 8'000'000'000;  // what nanoseconds since the epoch can hold
    return count < 0 ? std::nullopt : std::optional(std::chrono::seconds(std::min(count, latest)));
}

inline time_point token_expiry(boost::json::value const& document, time_point now)
{
    if (auto const life = answer_seconds(document, "/expires_in"))
        return now + std::min<std::chrono::seconds>(*life, std::chrono::hours(24 * 365));
    if (auto const end = answer_seconds(document, "/expires_on"))
        return time_point(*end);
    return now;
}

ACRX_DECL std::string text_in_answer(http_response const& answer, std::string_view pointer)
{
    return answer_text(parsed_answer(answer.body), pointer);
}

ACRX_DECL std::string reason_of(http_response const& answer)
{
    auto const document = parsed_answer(answer.body);
    auto code = answer_text(document, "/error");
    auto text = answer_text(document, "/error_description");
    if (code.empty()) {
        code = answer_text(document, "/error/code");
        text = answer_text(document, "/error/message");
    }
    if (code.empty()) {
        code = answer_text(document, "/errors/0/code");
        text = answer_text(document, "/errors/0/message");
    }
    text = text.substr(0, std::min(text.find_first_of("\r\n"), std::size_t{300}));
    if (code.empty())
        return "the answer is " + std::to_string(answer.status);
    return text.empty() ? code : code + ": " + text;
}

ACRX_DECL access_token read_token_answer(http_response const& answer, time_point now, std::string const& doing,
                                  std::string const& advice)
{
    if (!is_success(answer.status)) {
        bool const is_broken = answer.status >= 500 || answer.status == 429;
        throw error(is_broken ? errc::unavailable : errc::unauthorized, doing + ": " + reason_of(answer),
                    is_broken ? "Try again later." : advice);
    }
    auto const document = parsed_answer(answer.body);
    access_token token{answer_text(document, "/access_token"), token_expiry(document, now)};
    if (token.value.empty())
        throw error(errc::protocol, doing + ": the answer holds no access token");
    return token;
}

ACRX_DECL std::string web_form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields)
{
    std::string form;
    for (auto const& [name, value] : fields)
        form += (form.empty() ? "" : "&") + std::string(name) + "=" + percent_encode(value);
    return form;
}

ACRX_DECL http_request form_request(url target, std::string form)
{
    http_request request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    request.body = std::move(form);
    return request;
}

ACRX_DECL std::string describe_identity(std::string const& identity)
{
    return identity.empty() ? "the usual identity" : "the identity " + identity;
}

ACRX_DECL url parse_secure_url(std::string const& text, std::string const& what)
{
    auto where = parse_url(text);
    if (where.scheme != "https" && !is_loopback_host(where.host))
        throw error(errc::invalid_argument, what + " " + redacted(where) + " does not use TLS",
                    "Write https://; secrets are sent there.");
    return where;
}
}  // namespace acrx::detail
#endif
