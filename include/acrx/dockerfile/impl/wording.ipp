// Bodies of dockerfile/wording.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_WORDING_IPP
#define ACRX_DOCKERFILE_IMPL_WORDING_IPP
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <utility>

namespace acrx::dockerfile {
ACRX_DECL std::string to_upper(std::string_view text)
{
    std::string result(text);
    for (auto& c : result)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return result;
}

ACRX_DECL std::string go_quote(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty()) {
        auto const c = detail::first_code_point(text);
        auto const bytes = text.substr(0, c.length);
        text.remove_prefix(c.length);
        constexpr std::string_view special = "\a\b\f\n\r\t\v\"\\";
        constexpr std::string_view names = "abfnrtv\"\\";
        char escaped[16] = {};
        auto const known =
            c.valid && c.value < 0x80 ? special.find(static_cast<char>(c.value)) : std::string_view::npos;
        if (known != std::string_view::npos)
            (result += '\\') += names[known];
        else if (!c.valid || c.value < ' ' || c.value == 0x7f)
            std::snprintf(escaped, sizeof escaped, "\\x%02x", unsigned(static_cast<unsigned char>(bytes[0])));
        else if ((c.value >= 0x80 && c.value < 0xa1) || c.value == 0xad || (c.value >= 0x2000 && c.value <= 0x200f)
                 || (c.value >= 0x2028 && c.value <= 0x202f) || (c.value >= 0x205f && c.value <= 0x206f)
                 || c.value == 0x3000 || c.value == 0xfeff || (c.value >= 0xe000 && c.value <= 0xf8ff))
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c.value));
        else
            result += bytes;
        result += escaped;
    }
    return result + '"';
}

ACRX_DECL std::string closest(std::string_view word, std::vector<std::string_view> const& options)
{
    std::string best;
    std::size_t distance = 3;
    for (auto const option : options) {
        if (option == word)
            return {};
        if (option.size() >= word.size() + distance || word.size() >= option.size() + distance)
            continue;
        std::vector<std::size_t> row(option.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 1; i <= word.size(); ++i) {
            auto diagonal = std::exchange(row[0], i);
            for (std::size_t j = 1; j <= option.size(); ++j) {
                auto const replaced = diagonal + (word[i - 1] == option[j - 1] ? 0U : 1U);
                diagonal = row[j];
                row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
            }
        }
        if (row.back() < distance) {
            distance = row.back();
            best = option;
        }
    }
    return best;
}
}  // namespace acrx::dockerfile
#endif
