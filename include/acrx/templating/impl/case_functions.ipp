// Bodies of templating/detail/function_groups.hpp: upper and lower case, snakes, camels and kebabs.
#ifndef ACRX_TEMPLATING_IMPL_CASE_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_CASE_FUNCTIONS_IPP
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace acrx::templating::detail {
/// What Go takes for the end of a word: ASCII that is no letter, digit or underscore, and white space beyond.
inline bool ends_word(char32_t c)
{
    if (c < 0x80)
        return !(is_letter(c) || is_digit(c) || c == '_');
    return !is_letter(c) && !is_digit(c) && is_space(c);
}

template<class EndsWord, class Map>
std::string map_first_letters(std::string_view text, EndsWord ends, Map map)
{
    auto runes = to_runes(text);
    auto at_start = true;
    for (auto& c : runes) {
        auto const next_at_start = ends(c);
        if (at_start && !next_at_start)
            c = map(c);
        at_start = next_at_start;
    }
    return to_utf8(runes);
}

inline std::string swapped_case(std::string_view text)
{
    auto runes = to_runes(text);
    for (auto& c : runes)
        c = is_upper(c) || category(c) == "Lt" ? to_lower(c) : is_lower(c) ? to_upper(c) : c;
    return to_utf8(runes);
}

inline bool is_connector(char32_t c)
{
    return c == '-' || c == '_' || is_space(c);
}

inline std::string camel_case(std::string_view text)
{
    auto const runes = to_runes(text);
    std::u32string out;
    std::size_t i = 0;
    while (i < runes.size() && is_connector(runes[i]))
        out += runes[i++];
    if (i == runes.size())
        return to_utf8(out);
    auto last = to_upper(runes[i]);
    for (++i; i < runes.size(); ++i) {
        auto const c = runes[i];
        if (is_connector(last) && is_connector(c)) {
            out += last;
            last = c;
        } else if (is_connector(last)) {
            last = to_upper(c);
        } else {
            out += last;
            last = to_lower(c);
        }
    }
    out += last;
    return to_utf8(out);
}

enum class word_kind
{
    none,
    number,
    upper,  ///< `Server`, or `HTTP` before another word
    alphabet,
    connector,
    punctuation,
};

/// Takes the next word off the front of `rest`.
inline std::pair<word_kind, std::u32string_view> take_word(std::u32string_view& rest)
{
    auto const kind_of = [](char32_t c) {
        return is_connector(c)               ? word_kind::connector
               : is_punctuation(c)           ? word_kind::punctuation
               : is_upper(c)                 ? word_kind::upper
               : category(c)[0] == 'N'       ? word_kind::number
                                             : word_kind::alphabet;
    };
    if (rest.empty())
        return {word_kind::none, {}};
    auto const kind = kind_of(rest[0]);
    std::size_t size = 1;
    auto const run = [&](word_kind k) {
        while (size < rest.size() && kind_of(rest[size]) == k)
            ++size;
    };
    run(kind);
    if (kind == word_kind::upper && size < rest.size() && kind_of(rest[size]) == word_kind::alphabet) {
        if (size == 1)
            run(word_kind::alphabet);
        else
            --size;  // the last capital begins the next word
    }
    auto const word = rest.substr(0, size);
    rest.remove_prefix(size);
    return {kind, word};
}

/// Words in lower case with a connector between them: `HTTPServer` is `http_server`, `http2xx` is `http_2xx`.
inline std::string connected(std::string_view text, char32_t connector)
{
    auto const runes = to_runes(text);
    std::u32string_view rest = runes;
    std::u32string out;
    auto const put = [&](std::pair<word_kind, std::u32string_view> const& word) {
        for (char32_t const c : word.second)
            out += word.first == word_kind::connector ? connector : word.first == word_kind::upper ? to_lower(c) : c;
    };
    auto const joins = [](word_kind k) {
        return k != word_kind::none && k != word_kind::connector && k != word_kind::punctuation;
    };
    auto const put_rest_of_number = [&](auto& word) {
        for (; word.first == word_kind::alphabet || word.first == word_kind::number; word = take_word(rest))
            put(word);
        if (joins(word.first))
            out += connector;
    };
    auto word = take_word(rest);
    while (!rest.empty()) {
        auto const last = word;
        put(last);
        word = take_word(rest);
        if (last.first == word_kind::connector || last.first == word_kind::punctuation)
            continue;
        if (last.first == word_kind::number) {
            put_rest_of_number(word);
            continue;
        }
        if (word.first != word_kind::number) {
            if (joins(word.first))
                out += connector;
            continue;
        }
        if (rest.empty())
            continue;
        auto const number = word;
        word = take_word(rest);
        if (word.first != word_kind::alphabet) {
            put(number);
            if (joins(word.first))
                out += connector;
            continue;
        }
        out += connector;
        put(number);
        put_rest_of_number(word);
    }
    put(word);
    return to_utf8(out);
}

ACRX_DECL function_group case_functions()
{
    return {
        {"upper", "s", [](call const& c) { return value(upper(c.text(0))); }},
        {"lower", "s", [](call const& c) { return value(lower(c.text(0))); }},
        {"title", "s", [](call const& c) { return value(map_first_letters(c.text(0), ends_word, to_upper)); }},
        {"untitle", "s", [](call const& c) { return value(map_first_letters(c.text(0), is_space, to_lower)); }},
        {"swapcase", "s", [](call const& c) { return value(swapped_case(c.text(0))); }},
        {"snakecase", "s", [](call const& c) { return value(connected(c.text(0), '_')); }},
        {"kebabcase", "s", [](call const& c) { return value(connected(c.text(0), '-')); }},
        {"camelcase", "s", [](call const& c) { return value(camel_case(c.text(0))); }},
    };
}
}  // namespace acrx::templating::detail
#endif
