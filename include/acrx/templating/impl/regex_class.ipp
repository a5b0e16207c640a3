// Bodies of templating/detail/regex_parser.hpp: characters and classes of them.
#ifndef ACRX_TEMPLATING_IMPL_REGEX_CLASS_IPP
#define ACRX_TEMPLATING_IMPL_REGEX_CLASS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/regex_parser.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace acrx::templating::detail {
ACRX_DECL void regex_parser::add_range(character_set& set, char32_t low, char32_t high) const
{
    set.ranges.emplace_back(low, high);
    if (!flags_.fold)
        return;
    // Beyond this nothing has a case that folds across blocks, but for a handful of letters.
    for (auto c = low; c <= std::min<char32_t>(high, 0x2FFF); ++c)
        for (auto const other : {to_upper(c), to_lower(c), to_lower(to_upper(c)), to_upper(to_lower(c))})
            if (other < low || other > high)
                set.ranges.emplace_back(other, other);
    auto const fold_in = [&](char32_t letter, char32_t sign) {
        if (low <= letter && letter <= high)
            set.ranges.emplace_back(sign, sign);
    };
    fold_in('k', 0x212A);
    fold_in('K', 0x212A);
    fold_in('s', 0x17F);
    fold_in('S', 0x17F);
    std::sort(set.ranges.begin(), set.ranges.end());
    set.ranges.erase(std::unique(set.ranges.begin(), set.ranges.end()), set.ranges.end());
}

/// `\d`, `\W`, `\pL`, `\P{Lu}`; false if it is another escape.
ACRX_DECL bool regex_parser::class_escape(character_set& set)
{
    using range_list = std::vector<std::pair<char32_t, char32_t>>;
    if (rest_.size() < 2 || rest_[0] != '\\')
        return false;
    char const c = rest_[1];
    range_list ranges;
    switch (c | 0x20) {
    case 'd': ranges = {{'0', '9'}}; break;
    case 's': ranges = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}}; break;
    case 'w': ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}; break;
    case 'p': category_escape(set, c == 'P'); return true;
    default: return false;
    }
    rest_.remove_prefix(2);
    if (c >= 'a') {
        set.ranges.insert(set.ranges.end(), ranges.begin(), ranges.end());
        return true;
    }
    char32_t low = 0;
    for (auto const& [first, last] : ranges) {
        if (first > low)
            set.ranges.emplace_back(low, first - 1);
        low = last + 1;
    }
    set.ranges.emplace_back(low, 0x10FFFF);
    return true;
}

ACRX_DECL void regex_parser::category_escape(character_set& set, bool negated)
{
    auto const start = rest_;
    rest_.remove_prefix(2);
    auto name = rest_.substr(0, 1);
    rest_.remove_prefix(name.size());
    if (name == "{") {
        auto const end = rest_.find('}');
        if (end == rest_.npos)
            fail("invalid character class range", start);
        name = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
    }
    if (name.starts_with('^')) {
        negated = !negated;
        name.remove_prefix(1);
    }
    auto const written = start.substr(0, start.size() - rest_.size());
    static constexpr std::array<std::string_view, 7> groups{"C", "L", "M", "N", "P", "S", "Z"};
    if (name == "Any")
        name = "";
    else if (name.size() > 2)
        throw error(errc::not_supported, "the class " + std::string(written) + " is not supported yet");
    else if (name.empty() || std::find(groups.begin(), groups.end(), name.substr(0, 1)) == groups.end())
        fail("invalid character class range", written);
    set.categories.push_back({std::string(name), negated});
}

/// The character of an escape. @param whole  from its backslash on
ACRX_DECL char32_t regex_parser::escaped_character(std::string_view whole)
{
    constexpr std::string_view names = "aftnrv";
    constexpr std::string_view means = "\a\f\t\n\r\v";
    constexpr std::string_view hex = "0123456789abcdefABCDEF";
    take("\\");
    if (rest_.empty())
        fail("trailing backslash at end of expression", "");
    auto const c = take_rune();
    auto const bad = [&] { fail("invalid escape sequence", whole.substr(0, whole.size() - rest_.size())); };
    if (c < 0x80 && !is_letter(c) && !is_digit(c) && c > ' ' && c != 0x7F)
        return c;
    if (auto const i = names.find(static_cast<char>(c)); c < 0x80 && i != names.npos)
        return static_cast<unsigned char>(means[i]);
    if (c >= '0' && c <= '7') {
        if (c != '0' && (rest_.empty() || rest_[0] < '0' || rest_[0] > '7'))
            bad();
        auto code = c - '0';
        for (int i = 0; i < 2 && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '7'; ++i)
            code = code * 8 + take_rune() - '0';
        return code;
    }
    if (c != 'x')
        bad();
    auto const braces = take("{");
    auto const digits = rest_.substr(0, braces ? std::min(rest_.find('}'), rest_.size()) : 2);
    if (digits.empty() || digits.size() > 6 || (!braces && digits.size() < 2)
        || digits.find_first_not_of(hex) != digits.npos)
        bad();
    rest_.remove_prefix(digits.size());
    auto const code = std::stoul(std::string(digits), nullptr, 16);
    if ((braces && !take("}")) || code > 0x10FFFF)
        bad();
    return static_cast<char32_t>(code);
}

ACRX_DECL char32_t regex_parser::class_character(std::string_view whole)
{
    if (rest_.empty())
        fail("missing closing ]", whole);
    return rest_[0] == '\\' ? escaped_character(rest_) : take_rune();
}

ACRX_DECL void regex_parser::bracket(character_set& set)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> posix{{
        {"alnum", "09AZaz"}, {"alpha", "AZaz"}, {"ascii", std::string_view("\0\x7F", 2)}, {"blank", "\t\t  "},
        {"cntrl", std::string_view("\0\x1F\x7F\x7F", 4)}, {"digit", "09"}, {"graph", "!~"}, {"lower", "az"},
        {"print", " ~"}, {"punct", "!/:@[`{~"}, {"space", "\t\r  "}, {"upper", "AZ"}, {"word", "09AZaz__"},
        {"xdigit", "09AFaf"},
    }};
    auto const whole = rest_;
    take("[");
    set.negated = take("^");
    for (auto first = true; first || rest_.empty() || rest_[0] != ']'; first = false) {
        if (rest_.empty())
            fail("missing closing ]", whole);
        if (auto const end = rest_.find(":]"); rest_.starts_with("[:") && end != rest_.npos) {
            auto name = rest_.substr(2, end - 2);
            auto const written = rest_.substr(0, end + 2);
            auto const negated = name.starts_with('^');
            name.remove_prefix(negated ? 1 : 0);
            auto const found = std::find_if(posix.begin(), posix.end(), [&](auto const& p) { return p.first == name; });
            if (found == posix.end())
                fail("invalid character class range", written);
            if (negated)
                throw error(errc::not_supported, "the class " + std::string(written) + " is not supported yet");
            for (std::size_t i = 0; i < found->second.size(); i += 2)
                add_range(set, static_cast<unsigned char>(found->second[i]),
                          static_cast<unsigned char>(found->second[i + 1]));
            rest_.remove_prefix(end + 2);
            continue;
        }
        if (class_escape(set))
            continue;
        auto const start = rest_;
        auto const low = class_character(whole);
        auto high = low;
        if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
            take("-");
            high = class_character(whole);
            if (high < low)
                fail("invalid character class range", start.substr(0, start.size() - rest_.size()));
        }
        add_range(set, low, high);
    }
    take("]");
}
}  // namespace acrx::templating::detail
#endif
