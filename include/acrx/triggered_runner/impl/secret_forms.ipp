// Bodies of triggered_runner/secret_forms.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_SECRET_FORMS_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_SECRET_FORMS_IPP
#include <acrx/core/base64.hpp>
#include <acrx/triggered_runner/secret_forms.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace acrx {
namespace detail {
inline constexpr std::size_t shortest_secret = 3;
inline constexpr std::size_t shortest_form = 4;

/// Base64 of the secret behind `before` other bytes, without the digits that its neighbours have a part in.
inline std::string base64_within(std::string const& secret, std::size_t before)
{
    auto const text = to_base64(std::string(before, 'x') + secret);
    auto const first = before == 0 ? 0 : before + 1;
    auto const whole = (before + secret.size()) * 8 / 6;  // digits that hold nothing of what may follow
    return whole > first ? text.substr(first, whole - first) : std::string();
}

inline std::string url_encoded(std::string_view secret, std::string_view hex, bool blanks_as_plus)
{
    std::string text;
    for (char const c : secret) {
        auto const byte = static_cast<unsigned char>(c);
        bool const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                              || std::string_view("-._~").find(c) != std::string_view::npos;
        if (is_plain)
            text += c;
        else if (c == ' ' && blanks_as_plus)
            text += '+';
        else
            ((text += '%') += hex[byte >> 4U]) += hex[byte & 15U];
    }
    return text;
}

inline void add_forms(std::vector<std::string>& forms, std::string const& secret)
{
    forms.push_back(secret);
    for (std::size_t before = 0; before < 3; ++before) {
        auto text = base64_within(secret, before);
        forms.push_back(text);
        std::replace(text.begin(), text.end(), '+', '-');
        std::replace(text.begin(), text.end(), '/', '_');
        forms.push_back(text);
    }
    for (std::string_view const hex : {"0123456789ABCDEF", "0123456789abcdef"})
        for (bool const plus : {false, true})
            forms.push_back(url_encoded(secret, hex, plus));
}
}  // namespace detail

ACRX_DECL std::vector<std::string> secret_forms(std::string const& secret)
{
    if (secret.size() < detail::shortest_secret)
        return {};
    std::vector<std::string> forms;
    detail::add_forms(forms, secret);
    for (std::size_t begin = 0; begin < secret.size() && secret.find('\n') != secret.npos;) {
        auto const end = std::min(secret.find('\n', begin), secret.size());
        detail::add_forms(forms, secret.substr(begin, end - begin));
        begin = end + 1;
    }
    std::erase_if(forms, [&](std::string const& form) { return form.size() < detail::shortest_form && form != secret; });
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    return forms;
}
}  // namespace acrx
#endif
