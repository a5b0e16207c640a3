// Bodies of templating/format.hpp: values as JSON.
#ifndef ACRX_TEMPLATING_IMPL_JSON_IPP
#define ACRX_TEMPLATING_IMPL_JSON_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>

#include <charconv>
#include <cmath>

namespace acrx::templating {
namespace detail {
/// `1.25e+20` as digits and zeros. @param text  of a whole number, its exponent not below the digits of its fraction
inline std::string without_exponent(std::string text)
{
    auto const e = text.find('e');
    std::size_t zeros = 0;
    std::from_chars(text.data() + e + 2, text.data() + text.size(), zeros);
    text.erase(e);
    if (auto const point = text.find('.'); point != text.npos) {
        zeros -= text.size() - point - 1;
        text.erase(point, 1);
    }
    return text.append(zeros, '0');
}

/// Plain digits from 1e-6 up to 1e21, else an exponent without leading zeros.
inline std::string json_number(double d)
{
    if (!std::isfinite(d))
        throw error(errc::invalid_argument, "json: unsupported value: " + to_text(d));
    constexpr double exact = 9007199254740992.0;  // beyond it, the plain form has digits that say nothing
    auto const size = std::abs(d);
    auto const plain = size == 0 || (size >= 1e-6 && size < exact);
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, d,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific);
    std::string text(digits, end.ptr);
    if (!plain && size >= exact && size < 1e21)
        return without_exponent(text);
    if (auto const e = text.find("e-0"); e != text.npos)
        text.erase(e + 2, 1);
    return text;
}

class json_writer
{
public:
    json_writer(budget& left, std::size_t indent) : left_(left), out_(left), indent_(indent) {}
    void write(value const& v, std::size_t depth);
    std::string take() { return out_.take(); }

private:
    void write_text(std::string_view text);
    void new_line(std::size_t depth)
    {
        if (indent_ > 0) {
            out_.put("\n");
            out_.put(depth * indent_, ' ');
        }
    }

    budget& left_;
    bounded_text out_;
    std::size_t indent_;
};

ACRX_DECL void json_writer::write_text(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    while (!text.empty()) {
        auto const r = first_rune(text);
        auto const c = r.c;
        if (r.is_bad_byte())
            out += "\\ufffd";
        else if (c == '"' || c == '\\')
            (out += '\\') += static_cast<char>(c);
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\b' || c == '\f')
            out += c == '\b' ? "\\b" : "\\f";
        else if (c < ' ' || c == '<' || c == '>' || c == '&')
            ((out += "\\u00") += hex[c >> 4]) += hex[c & 15];
        else if (c == 0x2028 || c == 0x2029)
            out += c == 0x2028 ? "\\u2028" : "\\u2029";
        else
            out += text.substr(0, r.size);
        text.remove_prefix(r.size);
    }
    out_.put(out + '"');
}

ACRX_DECL void json_writer::write(value const& v, std::size_t depth)
{
    if (depth > 1000)
        throw error(errc::invalid_argument, "the value nests deeper than 1000 levels");
    left_.spend(1);
    switch (v.kind()) {
    case kind::nil: return out_.put("null");
    case kind::boolean: return out_.put(*v.if_bool() ? "true" : "false");
    case kind::integer: return out_.put(std::to_string(*v.if_integer()));
    case kind::floating: return out_.put(json_number(*v.if_float()));
    case kind::text: return write_text(*v.if_text());
    case kind::version: return write_text(v.if_version()->original);
    case kind::time: return write_text(format_time(*v.if_time(), "2006-01-02T15:04:05.999999999Z07:00"));
    case kind::list: break;
    case kind::map: break;
    }
    auto const* list = v.if_list();
    char const* separator = "";
    out_.put(list ? "[" : "{");
    if (list) {
        for (auto const& item : *list) {
            out_.put(std::exchange(separator, ","));
            new_line(depth + 1);
            write(item, depth + 1);
        }
    } else {
        for (auto const& [key, item] : *v.if_map()) {
            out_.put(std::exchange(separator, ","));
            new_line(depth + 1);
            write_text(key);
            out_.put(indent_ > 0 ? ": " : ":");
            write(item, depth + 1);
        }
    }
    if (*separator != '\0')
        new_line(depth);
    out_.put(list ? "]" : "}");
}
}  // namespace detail

ACRX_DECL std::string to_json(value const& v, budget& left, std::size_t indent)
{
    detail::json_writer writer(left, indent);
    writer.write(v, 0);
    return writer.take();
}
}  // namespace acrx::templating
#endif
