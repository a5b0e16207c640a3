// Bodies of templating/detail/function_groups.hpp: what Go's text/template itself has.
#ifndef ACRX_TEMPLATING_IMPL_BUILTIN_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_BUILTIN_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>

#include <string>

namespace acrx::templating::detail {
[[noreturn]] inline void refuse(std::string const& text)
{
    throw error(errc::invalid_argument, text);
}

inline bool is_basic(value const& v)
{
    return v.kind() >= kind::boolean && v.kind() <= kind::text;
}

inline std::string as_s(value const& v, budget& left)
{
    return sprintf("%s", {&v, 1}, left);
}

inline bool equal_objects(value const& a, value const& b, budget& left)
{
    if (a.kind() != b.kind() && !a.is_nil() && !b.is_nil())
        refuse("non-comparable types " + as_s(a, left) + ": " + std::string(a.type_name()) + ", "
               + std::string(b.type_name()) + ": " + as_s(b, left));
    if (a.is_nil() || b.is_nil())
        return a.is_nil() && b.is_nil();
    if (b.kind() == kind::list || b.kind() == kind::map)
        refuse("non-comparable type " + as_s(b, left) + ": " + std::string(b.type_name()));
    return a.kind() == kind::time ? *a.if_time() == *b.if_time() : a.same_object(b);
}

inline bool equal(value const& a, value const& b, budget& left)
{
    if (a.is_nil() || b.is_nil())
        return a.is_nil() && b.is_nil();
    if (!is_basic(a) && !is_basic(b))
        return equal_objects(a, b, left);
    if (a.kind() != b.kind())
        refuse("incompatible types for comparison: " + std::string(a.type_name()) + " and "
               + std::string(b.type_name()));
    switch (a.kind()) {
    case kind::boolean: return *a.if_bool() == *b.if_bool();
    case kind::integer: return *a.if_integer() == *b.if_integer();
    case kind::floating: return *a.if_float() == *b.if_float();
    default: return *a.if_text() == *b.if_text();
    }
}

inline bool less(value const& a, value const& b)
{
    if (!is_basic(a) || !is_basic(b))
        refuse("invalid type for comparison");
    if (a.kind() != b.kind())
        refuse("incompatible types for comparison");
    switch (a.kind()) {
    case kind::integer: return *a.if_integer() < *b.if_integer();
    case kind::floating: return *a.if_float() < *b.if_float();
    case kind::text: return *a.if_text() < *b.if_text();
    default: refuse("invalid type for comparison");
    }
}

inline value equals_any(call const& c)
{
    if (c.size() < 2)
        refuse("missing argument for comparison");
    for (auto const& v : c.from(1))
        if (equal(c[0], v, c.left()))
            return true;
    return false;
}

inline value length(call const& c)
{
    auto const& v = c[0];
    if (v.is_nil())
        refuse("len of nil pointer");
    if (auto const* text = v.if_text())
        return text->size();
    if (auto const* list = v.if_list())
        return list->size();
    if (auto const* map = v.if_map())
        return map->size();
    refuse("len of type " + std::string(v.type_name()));
}

inline std::size_t checked_index(value const& index, std::size_t size, char const* sequence)
{
    if (index.is_nil())
        refuse("cannot index slice/array with nil");
    auto const* i = index.if_integer();
    if (!i)
        refuse("cannot index slice/array with type " + std::string(index.type_name()));
    if (*i < 0 || static_cast<std::uint64_t>(*i) > size)
        refuse("index out of range: " + std::to_string(*i));
    if (static_cast<std::uint64_t>(*i) == size)
        refuse("reflect: " + std::string(sequence) + " index out of range");
    return static_cast<std::size_t>(*i);
}

inline value index_once(value const& item, value const& index)
{
    if (auto const* list = item.if_list())
        return (*list)[checked_index(index, list->size(), "slice")];
    if (auto const* text = item.if_text())
        return {static_cast<unsigned char>((*text)[checked_index(index, text->size(), "string")]), integer_type::uint8};
    auto const* map = item.if_map();
    if (!map)
        refuse("can't index item of type " + std::string(item.type_name()));
    if (index.is_nil())
        refuse("value is nil; should be of type string");
    if (!index.if_text())
        refuse("value has type " + std::string(index.type_name()) + "; should be string");
    auto const found = map->find(*index.if_text());
    if (found != map->end())
        return found->second;
    return item.elements() == element_type::text ? value("") : value();
}

inline value index(call const& c)
{
    if (c[0].is_nil())
        refuse("index of untyped nil");
    auto item = c[0];
    for (auto const& i : c.from(1)) {
        if (item.is_nil())
            refuse("index of nil pointer");
        item = index_once(item, i);
    }
    return item;
}

/// All operands as `print` shows them, nil as a template shows it.
inline std::string escapable(call const& c)
{
    value_list operands(c.all().begin(), c.all().end());
    for (auto& v : operands)
        if (v.is_nil())
            v = "<no value>";
    return sprint(operands, c.left());
}

inline value escape_html(call const& c)
{
    bounded_text out(c.left());
    for (char const ch : escapable(c))
        switch (ch) {
        case '&': out.put("&amp;"); break;
        case '<': out.put("&lt;"); break;
        case '>': out.put("&gt;"); break;
        case '"': out.put("&#34;"); break;
        case '\'': out.put("&#39;"); break;
        case '\0': out.put("\uFFFD"); break;
        default: out.put(1, ch);
        }
    return out.take();
}

inline value escape_js(call const& c)
{
    auto const all = escapable(c);
    std::string_view text = all;
    bounded_text out(c.left());
    auto const put_unicode = [&](char32_t code) {
        std::string hex;
        for (int shift = code > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
            hex += "0123456789ABCDEF"[code >> shift & 15];
        out.put("\\u" + hex);
    };
    while (!text.empty()) {
        auto const r = first_rune(text);
        auto const letters = text.substr(0, r.size);
        text.remove_prefix(r.size);
        if (r.c == '\\' || r.c == '\'' || r.c == '"') {
            out.put("\\");
            out.put(letters);
        } else if (r.c < ' ' || r.c == '<' || r.c == '>' || r.c == '&' || r.c == '='
                   || (r.c >= 0x7F && !is_print(r.c))) {
            put_unicode(r.c);
        } else {
            out.put(letters);
        }
    }
    return out.take();
}

inline value escape_query(call const& c)
{
    bounded_text out(c.left());
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (char const ch : escapable(c)) {
        auto const byte = static_cast<unsigned char>(ch);
        auto const letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if (letter || ch == '-' || ch == '_' || ch == '.' || ch == '~')
            out.put(1, ch);
        else if (ch == ' ')
            out.put("+");
        else
            out.put(std::string{'%', hex[byte >> 4], hex[byte & 15]});
    }
    return out.take();
}

ACRX_DECL function_group builtin_functions()
{
    return {
        {"and", "aa*", [](call const&) { return value(); }},  // these three are calls that the executor makes itself
        {"or", "aa*", [](call const&) { return value(); }},
        {"call", "a*", [](call const&) { return value(); }},
        {"not", "a", [](call const& c) { return value(!c[0].truth()); }},
        {"eq", "aa*", equals_any},
        {"ne", "aa", [](call const& c) { return value(!equal(c[0], c[1], c.left())); }},
        {"lt", "aa", [](call const& c) { return value(less(c[0], c[1])); }},
        {"le", "aa", [](call const& c) { return value(less(c[0], c[1]) || equal(c[0], c[1], c.left())); }},
        {"gt", "aa", [](call const& c) { return value(!less(c[0], c[1]) && !equal(c[0], c[1], c.left())); }},
        {"ge", "aa", [](call const& c) { return value(!less(c[0], c[1])); }},
        {"len", "a", length},
        {"index", "aa*", index},
        {"print", "a*", [](call const& c) { return value(sprint(c.all(), c.left())); }},
        {"println", "a*", [](call const& c) { return value(sprintln(c.all(), c.left())); }},
        {"printf", "sa*", [](call const& c) { return value(sprintf(c.text(0), c.from(1), c.left())); }},
        {"html", "a*", escape_html},
        {"js", "a*", escape_js},
        {"urlquery", "a*", escape_query},
    };
}
}  // namespace acrx::templating::detail
#endif
