// Bodies of templating/detail/printer.hpp.
#ifndef ACRX_TEMPLATING_IMPL_PRINTER_IPP
#define ACRX_TEMPLATING_IMPL_PRINTER_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/printer.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace acrx::templating::detail {
inline std::string verb_text(char32_t verb)
{
    std::string text;
    put_rune(text, verb);
    return text;
}

ACRX_DECL void printer::pad(std::string_view text)
{
    auto const length = flags.width ? count_runes(text) : 0;
    auto const missing = flags.width.value_or(0) > length ? *flags.width - length : 0;
    if (!flags.minus)
        fill(missing);
    out_.put(text);
    if (flags.minus)
        fill(missing);
}

ACRX_DECL void printer::put_bad_verb(value const& v, char32_t verb)
{
    put("%!" + verb_text(verb) + "(");
    if (v.is_nil()) {
        put("<nil>");
    } else {
        put(v.type_name());
        put("=");
        print_nested(v, 'v', 0);
    }
    put(")");
}

ACRX_DECL void printer::print(value const& v, char32_t verb)
{
    if (verb == 'T')
        return print_text(v, v.type_name(), 's');
    if (v.is_nil())
        return verb == 'v' ? pad("<nil>") : put_bad_verb(v, verb);
    print_nested(v, verb, 0);
}

ACRX_DECL void printer::print_nested(value const& v, char32_t verb, std::size_t depth)
{
    if (depth > 1000)
        throw error(errc::invalid_argument, "the value nests deeper than 1000 levels");
    left_.spend(1);
    switch (v.kind()) {
    case kind::nil: return put(flags.go_syntax ? "interface {}(nil)" : "<nil>");
    case kind::boolean:
        return verb == 't' || verb == 'v' ? pad(*v.if_bool() ? "true" : "false") : put_bad_verb(v, verb);
    case kind::integer: return print_integer(v, verb);
    case kind::floating: return print_float(v, verb);
    case kind::text: return print_text(v, *v.if_text(), verb);
    case kind::time: return print_text(v, format_time(*v.if_time(), "2006-01-02 15:04:05.999999999 -0700 MST"), verb);
    case kind::version: return print_text(v, v.if_version()->str(), verb);
    case kind::list:
    case kind::map: return print_container(v, verb, depth);
    }
}

ACRX_DECL void printer::print_container(value const& v, char32_t verb, std::size_t depth)
{
    char const* separator = "";
    auto const* next = flags.go_syntax ? ", " : " ";
    auto const* list = v.if_list();
    if (flags.go_syntax) {
        put(v.type_name());
        put("{");
    } else {
        put(list ? "[" : "map[");
    }
    if (list) {
        for (auto const& item : *list) {
            put(std::exchange(separator, next));
            print_nested(item, verb, depth + 1);
        }
    } else {
        for (auto const& [key, item] : *v.if_map()) {
            put(std::exchange(separator, next));
            print_text(v, key, verb);
            put(":");
            print_nested(item, verb, depth + 1);
        }
    }
    put(flags.go_syntax ? "}" : "]");
}

ACRX_DECL void printer::print_integer(value const& v, char32_t verb)
{
    auto const n = *v.if_integer();
    switch (verb) {
    case 'v':
        if (flags.go_syntax && v.integers() == integer_type::uint8) {
            auto const sharp = std::exchange(flags.sharp, true);
            print_in_base(n, 16, 'x');
            flags.sharp = sharp;
            return;
        }
        return print_in_base(n, 10, verb);
    case 'd': return print_in_base(n, 10, verb);
    case 'b': return print_in_base(n, 2, verb);
    case 'o':
    case 'O': return print_in_base(n, 8, verb);
    case 'x':
    case 'X': return print_in_base(n, 16, verb);
    case 'c':
    case 'q':
    case 'U': return print_character(n, verb);
    default: return put_bad_verb(v, verb);
    }
}

ACRX_DECL void printer::print_in_base(std::int64_t n, unsigned base, char32_t verb)
{
    auto const negative = n < 0;
    auto magnitude = negative ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    std::size_t least = 0;
    if (flags.precision) {
        least = *flags.precision;
        if (least == 0 && n == 0) {
            auto const zero = std::exchange(flags.zero, false);
            fill(flags.width.value_or(0));
            flags.zero = zero;
            return;
        }
    } else if (flags.zero && !flags.minus && flags.width) {
        least = *flags.width - (*flags.width > 0 && (negative || flags.plus || flags.space) ? 1U : 0U);
    }
    std::string_view const digits = verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    std::string text;
    do {
        text += digits[magnitude % base];
        magnitude /= base;
    } while (magnitude != 0);
    left_.check_text(least);
    if (text.size() < least)
        text.append(least - text.size(), '0');
    if (flags.sharp && base == 2)
        text += "b0";
    else if (flags.sharp && base == 8 && text.back() != '0')
        text += '0';
    else if (flags.sharp && base == 16)
        text += verb == 'X' ? "X0" : "x0";
    if (verb == 'O')
        text += "o0";
    if (negative || flags.plus || flags.space)
        text += negative ? '-' : flags.plus ? '+' : ' ';
    std::reverse(text.begin(), text.end());
    auto const zero = std::exchange(flags.zero, false);
    pad(text);
    flags.zero = zero;
}

ACRX_DECL void printer::print_character(std::int64_t n, char32_t verb)
{
    auto const known = n >= 0 && n <= 0x10FFFF;
    auto const c = known ? static_cast<char32_t>(n) : replacement;
    auto const letters = verb_text(c);
    if (verb == 'c')
        return pad(letters);
    if (verb == 'q')
        return pad(go_quoted(letters, flags.plus, '\''));
    std::string hex;
    for (auto rest = static_cast<std::uint64_t>(n); rest != 0; rest /= 16)
        hex += "0123456789ABCDEF"[rest % 16];
    auto const least = std::max<std::size_t>(4, flags.precision.value_or(0));
    left_.check_text(least);
    if (hex.size() < least)
        hex.append(least - hex.size(), '0');
    std::reverse(hex.begin(), hex.end());
    auto text = "U+" + hex;
    if (flags.sharp && known && is_print(c))
        text += " '" + letters + "'";
    auto const zero = std::exchange(flags.zero, false);
    pad(text);
    flags.zero = zero;
}

/// Digits as Go's strconv writes them, without a plus sign.
inline std::string float_digits(double d, char32_t verb, std::optional<std::size_t> precision)
{
    if (std::isnan(d))
        return "NaN";
    if (std::isinf(d))
        return d < 0 ? "-Inf" : "+Inf";
    std::string text(64 + 330 + precision.value_or(0), '\0');
    auto const form = verb == 'e' || verb == 'E'   ? std::chars_format::scientific
                      : verb == 'f' || verb == 'F' ? std::chars_format::fixed
                      : verb == 'x' || verb == 'X' ? std::chars_format::hex
                                                   : std::chars_format::general;
    auto* const begin = text.data();
    auto* const end = begin + text.size();
    std::to_chars_result done{};
    if (precision) {
        done = std::to_chars(begin, end, d, form, static_cast<int>(*precision));
    } else if (form == std::chars_format::general) {
        done = std::to_chars(begin, end, d, std::chars_format::scientific);
        auto const digits = std::string_view(begin, static_cast<std::size_t>(done.ptr - begin));
        auto const power = std::stoi(std::string(digits.substr(digits.find('e') + 1)));
        if (power >= -4 && power < 6)
            done = std::to_chars(begin, end, d, std::chars_format::fixed);
    } else {
        done = std::to_chars(begin, end, d, form);
    }
    text.resize(static_cast<std::size_t>(done.ptr - begin));
    if (form == std::chars_format::hex) {
        text.insert(text[0] == '-' ? 1 : 0, "0x");
        if (auto const p = text.find('p'); p != text.npos && text.size() - p == 3)
            text.insert(p + 2, "0");
    }
    if (verb == 'E' || verb == 'G' || verb == 'X')
        text = upper(text);
    return text;
}

ACRX_DECL void printer::print_float(value const& v, char32_t verb)
{
    constexpr std::string_view verbs = "vbeEfFgGxX";
    if (verb > 'z' || verbs.find(static_cast<char>(verb)) == verbs.npos || verb == 'b')
        return put_bad_verb(v, verb);
    constexpr std::string_view fixed = "eEfF";
    auto precision = flags.precision;
    if (!precision && fixed.find(static_cast<char>(verb)) != fixed.npos)
        precision = 6;
    left_.check_text(precision.value_or(0));
    auto text = float_digits(*v.if_float(), verb, precision);
    if (text[0] != '-' && text[0] != '+')
        text.insert(0, "+");
    if (flags.space && text[0] == '+' && !flags.plus)
        text[0] = ' ';
    if (text[1] == 'I' || text[1] == 'N') {
        auto const zero = std::exchange(flags.zero, false);
        pad(text[1] == 'N' && !flags.space && !flags.plus ? text.substr(1) : text);
        flags.zero = zero;
        return;
    }
    auto const has_sign = flags.plus || text[0] != '+';
    if (has_sign && flags.zero && !flags.minus && flags.width.value_or(0) > text.size()) {
        put(text.substr(0, 1));
        fill(*flags.width - text.size());
        return put(text.substr(1));
    }
    pad(has_sign ? text : text.substr(1));
}

ACRX_DECL void printer::print_text(value const& v, std::string_view text, char32_t verb)
{
    auto const cut = [&] {
        if (!flags.precision)
            return text;
        std::size_t end = 0;
        for (std::size_t n = 0; n < *flags.precision && end < text.size(); ++n)
            end += first_rune(text.substr(end)).size;
        return text.substr(0, end);
    };
    auto const quote = [&](std::string_view s) {
        auto const plain = std::all_of(s.begin(), s.end(), [](char c) {
            return c != '`' && c != 0x7F && (static_cast<unsigned char>(c) >= ' ' || c == '\t');
        });
        if (flags.sharp && plain && to_utf8(to_runes(s)) == s)
            return '`' + std::string(s) + '`';
        return go_quoted(s, flags.plus);
    };
    switch (verb) {
    case 'v': return flags.go_syntax ? pad(quote(cut())) : pad(cut());
    case 's': return pad(cut());
    case 'q': return pad(quote(cut()));
    case 'x':
    case 'X': return print_hex(text.substr(0, flags.precision.value_or(text.npos)), verb == 'X');
    default: return put_bad_verb(v.if_map() ? value(text) : v, verb);
    }
}

ACRX_DECL void printer::print_hex(std::string_view bytes, bool upper_case)
{
    auto const* digits = upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    std::string text;
    left_.check_text(bytes.size() * 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (flags.space && i > 0)
            text += ' ';
        if (flags.sharp && (flags.space || i == 0))
            text += upper_case ? "0X" : "0x";
        auto const byte = static_cast<unsigned char>(bytes[i]);
        (text += digits[byte >> 4]) += digits[byte & 15];
    }
    pad(text);
}
}  // namespace acrx::templating::detail
#endif
