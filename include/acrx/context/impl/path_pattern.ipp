// Bodies of context/detail/path_pattern.hpp.
#ifndef ACRX_CONTEXT_IMPL_PATH_PATTERN_IPP
#define ACRX_CONTEXT_IMPL_PATH_PATTERN_IPP
#include <acrx/context/detail/path_pattern.hpp>
#include <acrx/core/error.hpp>

#include <algorithm>
#include <cstddef>

namespace acrx::detail {
/// Removes the first code point of `text`, which is not empty; a stray byte counts as one.
inline char32_t take_character(std::string_view& text)
{
    auto const lead = static_cast<unsigned char>(text[0]);
    std::size_t const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    char32_t value = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80) {
            text.remove_prefix(1);
            return 0xfffd;
        }
        value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    text.remove_prefix(length);
    return value;
}

[[noreturn]] inline void refuse_pattern(std::string_view text)
{
    throw error(errc::syntax,
                "reading the pattern \"" + std::string(text.substr(0, 200)) + "\": syntax error in pattern");
}

ACRX_DECL path_pattern::token path_pattern::read_class(std::string_view& rest, std::string_view whole)
{
    token result{kind::char_class, {}, {}, rest.starts_with('^')};
    rest.remove_prefix(result.negated ? 1 : 0);
    auto const bound = [&] {
        if (rest.empty() || rest[0] == '-' || rest[0] == ']')
            refuse_pattern(whole);
        if (rest[0] == '\\')
            rest.remove_prefix(1);
        if (rest.empty())
            refuse_pattern(whole);
        return take_character(rest);
    };
    while (result.ranges.empty() || !rest.starts_with(']')) {
        auto const low = bound();
        auto high = low;
        if (rest.starts_with('-')) {
            rest.remove_prefix(1);
            high = bound();
        }
        result.ranges.emplace_back(low, high);
    }
    rest.remove_prefix(1);
    return result;
}

ACRX_DECL path_pattern::path_pattern(std::string_view text, dialect language)
{
    auto rest = text;
    auto const add_literal = [&](char c) {
        if (tokens_.empty() || tokens_.back().what != kind::literal)
            tokens_.push_back({kind::literal, {}, {}, false});
        tokens_.back().text += c;
    };
    auto const add = [&](kind what) { tokens_.push_back({what, {}, {}, false}); };
    while (!rest.empty()) {
        char const c = rest[0];
        rest.remove_prefix(1);
        if (c == '*' && rest.starts_with('*') && language == dialect::ignore_file) {
            rest.remove_prefix(1);
            bool const slash = rest.starts_with('/');
            rest.remove_prefix(slash ? 1 : 0);
            bool const plain_end = rest.find_first_of("*?[]\\") == std::string_view::npos;
            // `**x` alone ends like `x`, also in the middle of a name; elsewhere `**` stops at a slash.
            add(rest.empty() || (tokens_.empty() && !slash && plain_end) ? kind::any : kind::directories);
        } else if (c == '*') {
            add(kind::star);
        } else if (c == '?') {
            add(kind::any_char);
        } else if (c == '[') {
            tokens_.push_back(read_class(rest, text));
        } else if (c == '\\') {
            if (rest.empty())
                refuse_pattern(text);
            add_literal(rest[0]);
            rest.remove_prefix(1);
        } else {
            add_literal(c);
        }
    }
}

ACRX_DECL bool path_pattern::token_takes(token const& t, char32_t c)
{
    if (t.what == kind::any_char)
        return c != '/';
    auto const inside = std::any_of(t.ranges.begin(), t.ranges.end(),
                                    [&](auto const& range) { return c >= range.first && c <= range.second; });
    return inside != t.negated;
}

/// Adds to `reached` where `t` can end when it begins at `place`; both grow in ascending order.
/// @return whether `t` could also go on beyond the end of `path`, which ends in a slash
ACRX_DECL bool path_pattern::advance(token const& t, std::string_view path, std::size_t place, places& reached)
{
    auto rest = path.substr(place);
    auto const add = [&](std::size_t end) {
        if (reached.empty() || reached.back() < end)
            reached.push_back(end);
    };
    switch (t.what) {
    case kind::literal:
        if (rest.starts_with(t.text))
            add(place + t.text.size());
        return std::string_view(t.text).starts_with(rest);
    case kind::any_char:
    case kind::char_class:
        if (!rest.empty() && token_takes(t, take_character(rest)))
            add(path.size() - rest.size());
        return false;
    case kind::star:
        if (!reached.empty() && reached.back() >= place)
            return false;  // an earlier place in the same name has reached all of it
        for (auto end = place;; ++end) {
            reached.push_back(end);
            if (end == path.size() || path[end] == '/')
                return false;
        }
    case kind::any:
    case kind::directories:
        add(place);
        for (auto end = reached.back(); end < path.size(); ++end)
            if (t.what == kind::any || path[end] == '/')
                add(end + 1);
        return true;
    }
    return false;
}

/// Follows all the places in `path` that the tokens so far can reach.
ACRX_DECL bool path_pattern::run(std::string_view path, goal aim) const
{
    places first(1, 0);
    places second;
    auto* now = &first;
    auto* next = &second;
    for (auto const& t : tokens_) {
        if (aim == goal::prefix && now->back() == path.size())
            return true;
        next->clear();
        for (auto const place : *now)
            if (advance(t, path, place, *next) && aim == goal::prefix)
                return true;
        std::swap(now, next);
        if (now->empty())
            return false;
    }
    return aim == goal::whole && now->back() == path.size();
}

ACRX_DECL bool path_pattern::matches(std::string_view path) const
{
    // Most paths differ from most patterns at once.
    if (!tokens_.empty() && tokens_.front().what == kind::literal && !path.starts_with(tokens_.front().text))
        return false;
    return run(path, goal::whole);
}

ACRX_DECL bool path_pattern::could_match_below(std::string_view directory) const
{
    if (directory.empty())
        return true;
    return run(std::string(directory) + '/', goal::prefix);
}
}  // namespace acrx::detail
#endif
