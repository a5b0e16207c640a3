// Bodies of templating/detail/conversions.hpp.
#ifndef ACRX_TEMPLATING_IMPL_CONVERSIONS_IPP
#define ACRX_TEMPLATING_IMPL_CONVERSIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>

#include <charconv>
#include <cmath>
#include <limits>

namespace acrx::templating::detail {
/// A whole text as an integer in a base; a sign is allowed.
inline std::errc read_integer(std::string_view text, int base, std::int64_t& n)
{
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-')
        text.remove_prefix(1);
    auto const done = std::from_chars(text.data(), text.data() + text.size(), n, base);
    return done.ptr == text.data() + text.size() && !text.empty() ? done.ec : std::errc::invalid_argument;
}

/// As the processors of today do it: what does not fit is the smallest integer.
inline std::int64_t truncate(double d)
{
    return d > -9.3e18 && d < 9.223372036854775e18 ? static_cast<std::int64_t>(d)
                                                   : std::numeric_limits<std::int64_t>::min();
}

ACRX_DECL std::int64_t to_int64(value const& v)
{
    if (auto const* n = v.if_integer())
        return *n;
    if (auto const* d = v.if_float())
        return truncate(*d);
    if (auto const* b = v.if_bool())
        return *b ? 1 : 0;
    std::int64_t n = 0;
    if (auto const* text = v.if_text(); text && read_integer(*text, 10, n) == std::errc{})
        return n;
    return 0;
}

ACRX_DECL double to_float64(value const& v)
{
    if (auto const* d = v.if_float())
        return *d;
    auto const* text = v.if_text();
    if (!text)
        return static_cast<double>(to_int64(v));
    std::string_view digits = *text;
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    double d = 0;
    auto const done = std::from_chars(digits.data(), digits.data() + digits.size(), d);
    return done.ec == std::errc{} && done.ptr == digits.data() + digits.size() ? d : 0;
}

ACRX_DECL std::vector<std::string> to_texts(value const& v, budget& left)
{
    std::vector<std::string> texts;
    auto const add = [&](value const& item) {
        texts.push_back(to_text(item, left));
        left.make(texts.back().size() + sizeof(std::string));
        left.spend(1);
    };
    if (auto const* list = v.if_list()) {
        for (auto const& item : *list)
            if (!item.is_nil())
                add(item);
    } else if (!v.is_nil()) {
        add(v);
    }
    return texts;
}

ACRX_DECL bool deep_equal(value const& a, value const& b, budget& left, std::size_t depth)
{
    if (depth > 1000)
        throw error(errc::invalid_argument, "the value nests deeper than 1000 levels");
    left.spend(1);
    if (a.kind() != b.kind() || a.type_name() != b.type_name())
        return false;
    switch (a.kind()) {
    case kind::nil: return true;
    case kind::boolean: return *a.if_bool() == *b.if_bool();
    case kind::integer: return *a.if_integer() == *b.if_integer();
    case kind::floating: return *a.if_float() == *b.if_float();
    case kind::text:
        if (a.if_text()->size() == b.if_text()->size())
            left.spend(a.if_text()->size() / 64);
        return *a.if_text() == *b.if_text();
    case kind::time: return *a.if_time() == *b.if_time();
    case kind::version: return a.if_version()->original == b.if_version()->original;
    case kind::list:
    case kind::map: break;
    }
    if (a.same_object(b))
        return true;
    if (auto const* x = a.if_list()) {
        auto const& y = *b.if_list();
        for (std::size_t i = 0; i < x->size() && x->size() == y.size(); ++i)
            if (!deep_equal((*x)[i], y[i], left, depth + 1))
                return false;
        return x->size() == y.size();
    }
    auto const& x = *a.if_map();
    auto const& y = *b.if_map();
    auto other = y.begin();
    for (auto i = x.begin(); i != x.end() && x.size() == y.size(); ++i, ++other)
        if (i->first != other->first || !deep_equal(i->second, other->second, left, depth + 1))
            return false;
    return x.size() == y.size();
}

ACRX_DECL value_list const& list_of(value const& v, std::string_view function, budget& left)
{
    if (v.is_nil())
        throw error(errc::invalid_argument, nil_dereference);
    auto const* list = v.if_list();
    if (!list)
        throw error(errc::invalid_argument,
                    "Cannot find " + std::string(function) + " on type " + std::string(v.kind_name()));
    left.spend(list->size() / 8);
    return *list;
}

ACRX_DECL void check_no_cycle(value const& map, value const& item, budget& left)
{
    if (item.kind() != kind::list && item.kind() != kind::map)
        return;
    left.spend(64);
    if (item.reaches(map))
        throw error(errc::invalid_argument, "a map cannot hold itself");
}

ACRX_DECL std::string join(std::vector<std::string> const& parts, std::string_view separator, budget& left)
{
    bounded_text out(left);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            out.put(separator);
        out.put(parts[i]);
    }
    return out.take();
}

ACRX_DECL std::vector<std::string> split(std::string_view text, std::string_view separator, std::int64_t most,
                                         budget& left)
{
    std::vector<std::string> parts;
    auto const add = [&](std::string_view part) {
        left.spend(1);
        left.make(sizeof(std::string));
        parts.emplace_back(part);
    };
    if (most == 0)
        return parts;
    auto const full = [&] { return most > 0 && parts.size() + 1 == static_cast<std::size_t>(most); };
    if (separator.empty()) {
        while (!text.empty() && !full()) {
            auto const size = first_rune(text).size;
            add(text.substr(0, size));
            text.remove_prefix(size);
        }
        if (!text.empty())
            add(text);
        return parts;
    }
    while (!full()) {
        auto const end = find_text(text, separator);
        if (end == text.npos)
            break;
        add(text.substr(0, end));
        text.remove_prefix(end + separator.size());
    }
    add(text);
    return parts;
}

ACRX_DECL std::string replace_all(std::string_view text, std::string_view from, std::string_view to, budget& left)
{
    bounded_text out(left);
    if (from == to)
        return std::string(text);
    while (true) {
        if (from.empty()) {
            out.put(to);
            if (text.empty())
                return out.take();
            auto const size = first_rune(text).size;
            out.put(text.substr(0, size));
            text.remove_prefix(size);
            continue;
        }
        auto const found = find_text(text, from);
        out.put(text.substr(0, found));
        if (found == text.npos)
            return out.take();
        out.put(to);
        text.remove_prefix(found + from.size());
    }
}
}  // namespace acrx::templating::detail
#endif
