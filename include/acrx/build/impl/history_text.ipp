// Bodies of build/detail/history_text.hpp.
#ifndef ACRX_BUILD_IMPL_HISTORY_TEXT_IPP
#define ACRX_BUILD_IMPL_HISTORY_TEXT_IPP
#include <acrx/build/detail/history_text.hpp>
#include <acrx/dockerfile/go_duration.hpp>

namespace acrx::detail {
inline std::string go_quoted(std::string const& word)
{
    constexpr char hex[] = "0123456789abcdef";
    std::string text = "\"";
    for (char c : word) {
        switch (c) {
        case '"': text += "\\\""; break;
        case '\\': text += "\\\\"; break;
        case '\n': text += "\\n"; break;
        case '\r': text += "\\r"; break;
        case '\t': text += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                text += "\\x";
                text += hex[static_cast<unsigned char>(c) >> 4];
                text += hex[static_cast<unsigned char>(c) & 15];
            } else {
                text += c;
            }
        }
    }
    return text + "\"";
}

ACRX_DECL std::string join(std::span<std::string const> words, std::string_view separator)
{
    std::string text;
    for (auto const& word : words) {
        if (&word != words.data())
            text += separator;
        text += word;
    }
    return text;
}

ACRX_DECL std::string quoted_list(std::span<std::string const> words)
{
    std::vector<std::string> quoted;
    for (auto const& word : words)
        quoted.push_back(go_quoted(word));
    return "[" + join(quoted) + "]";
}

ACRX_DECL std::string plain_list(std::span<std::string const> words)
{
    return "[" + join(words) + "]";
}

ACRX_DECL std::string pair_list(std::span<std::pair<std::string, std::string> const> pairs)
{
    std::vector<std::string> words;
    for (auto const& [name, value] : pairs)
        words.push_back(name + "=" + value);
    return join(words);
}

ACRX_DECL std::string health_text(health_check const& check)
{
    auto const go = [](std::chrono::nanoseconds d) { return dockerfile::format_go_duration(d); };
    return "{Test:" + plain_list(check.test) + " Interval:" + go(check.interval) + " Timeout:" + go(check.timeout)
           + " StartPeriod:" + go(check.start_period) + " StartInterval:" + go(check.start_interval)
           + " Retries:" + std::to_string(check.retries) + "}";
}

ACRX_DECL std::string argument_prefix(std::span<std::pair<std::string, std::string> const> arguments)
{
    if (arguments.empty())
        return {};
    return "|" + std::to_string(arguments.size()) + " " + pair_list(arguments) + " ";
}
}  // namespace acrx::detail
#endif
