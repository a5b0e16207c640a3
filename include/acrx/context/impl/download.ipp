// Bodies of context/detail/download.hpp.
#ifndef ACRX_CONTEXT_IMPL_DOWNLOAD_IPP
#define ACRX_CONTEXT_IMPL_DOWNLOAD_IPP
#include <acrx/context/detail/download.hpp>

#include <utility>

namespace acrx::detail {
inline errc code_of_web_status(unsigned status)
{
    switch (status) {
    case 401: return errc::unauthorized;
    case 403: return errc::denied;
    case 404:
    case 410: return errc::not_found;
    case 429: return errc::rate_limited;
    default: return status >= 500 ? errc::unavailable : errc::protocol;
    }
}

/// The beginning of an answer on one line.
inline std::string words_of_answer(std::string_view body)
{
    std::string words;
    for (char c : body.substr(0, 300)) {
        bool const is_blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
        if (!is_blank)
            words += c;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    if (words.ends_with(' '))
        words.pop_back();
    return words;
}

ACRX_DECL net::awaitable<http_answer> check_download(http_answer answer, std::string from)
{
    auto const status = answer.head().status;
    if (is_success(status))
        co_return answer;
    auto const whole = co_await answer.read_all(http_client::default_body_limit);
    auto const words = words_of_answer(whole.body);
    throw error(code_of_web_status(status),
                "failed to GET " + from + " with status " + std::to_string(status) + (words.empty() ? "" : ": " + words));
}
}  // namespace acrx::detail
#endif
