// Bodies of templating/detail/parser.hpp: pipelines and what they are made of.
#ifndef ACRX_TEMPLATING_IMPL_PARSER_PIPELINE_IPP
#define ACRX_TEMPLATING_IMPL_PARSER_PIPELINE_IPP
#include <acrx/templating/detail/parser.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/template_error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace acrx::templating::detail {
ACRX_DECL std::unique_ptr<pipeline> parser::read_pipeline(std::string_view context, token_kind end)
{
    enter();
    auto p = std::make_unique<pipeline>();
    p->place = peek_beyond_space().place;
    read_declarations(*p, context);
    while (true) {
        auto const t = next_beyond_space();
        if (t.kind == end) {
            check_pipeline(*p, context);
            leave();
            return p;
        }
        switch (t.kind) {
        case token_kind::boolean:
        case token_kind::character_constant:
        case token_kind::complex:
        case token_kind::dot:
        case token_kind::field:
        case token_kind::identifier:
        case token_kind::number:
        case token_kind::nil:
        case token_kind::raw_string:
        case token_kind::string:
        case token_kind::variable:
        case token_kind::left_parenthesis:
            back();
            p->commands.push_back(read_command());
            break;
        default: unexpected(t, context);
        }
    }
}

ACRX_DECL void parser::read_declarations(pipeline& p, std::string_view context)
{
    while (peek_beyond_space().kind == token_kind::variable) {
        auto const variable = next();
        auto const after = peek();
        auto const follows = peek_beyond_space();
        auto const assigns = follows.kind == token_kind::assign;
        if (assigns || follows.kind == token_kind::declare) {
            p.assigns = assigns;
            next_beyond_space();
            p.variables.push_back(variable.value);
            variables_.push_back(variable.value);
            return;
        }
        if (follows.kind != token_kind::character || follows.value != ",") {
            if (after.kind == token_kind::space)
                back(variable, after);
            else
                back(variable);
            return;
        }
        next_beyond_space();
        p.variables.push_back(variable.value);
        variables_.push_back(variable.value);
        if (context != "range" || p.variables.size() >= 2)
            fail("too many declarations in " + std::string(context));
        auto const kind = peek_beyond_space().kind;
        if (kind != token_kind::variable && kind != token_kind::right_delimiter
            && kind != token_kind::right_parenthesis)
            fail("range can only initialize variables");
    }
}

ACRX_DECL void parser::check_pipeline(pipeline const& p, std::string_view context) const
{
    if (p.commands.empty())
        fail("missing value for " + std::string(context));
    for (std::size_t i = 1; i < p.commands.size(); ++i)
        if (p.commands[i].operands[0].kind <= operand_kind::text)
            fail("non executable command in pipeline stage " + std::to_string(i + 1));
}

ACRX_DECL command parser::read_command()
{
    command c;
    c.place = peek_beyond_space().place;
    while (true) {
        peek_beyond_space();
        if (operand o; read_operand(o))
            c.operands.push_back(std::move(o));
        auto const t = next();
        if (t.kind == token_kind::space)
            continue;
        if (t.kind == token_kind::right_delimiter || t.kind == token_kind::right_parenthesis)
            back();
        else if (t.kind != token_kind::pipe)
            unexpected(t, "operand");
        break;
    }
    if (c.operands.empty())
        fail("empty command");
    return c;
}

ACRX_DECL bool parser::read_operand(operand& o)
{
    if (!read_term(o))
        return false;
    if (peek().kind == token_kind::field)
        read_fields(o);
    return true;
}

/// Reads the fields right after a term.
ACRX_DECL void parser::read_fields(operand& o)
{
    auto const place = peek().place;
    std::vector<std::string_view> names;
    token last;
    while (peek().kind == token_kind::field) {
        last = next();
        names.push_back(last.value.substr(1));
    }
    if (o.kind == operand_kind::field || o.kind == operand_kind::variable) {
        o.source = text_.substr(o.place, last.place + last.value.size() - o.place);
        o.place = place;
        o.names.insert(o.names.end(), names.begin(), names.end());
        return;
    }
    if (o.kind <= operand_kind::text)
        fail("unexpected . after term " + go_quoted(o.source));
    operand chain;
    chain.kind = operand_kind::chain;
    chain.place = place;
    chain.names = std::move(names);
    chain.inner = std::make_unique<operand>(std::move(o));
    o = std::move(chain);
}

ACRX_DECL bool parser::read_term(operand& o)
{
    auto const t = next_beyond_space();
    o.place = t.place;
    o.source = t.value;
    switch (t.kind) {
    case token_kind::identifier: {
        o.kind = operand_kind::function;
        auto const own = std::find_if(use_->functions.begin(), use_->functions.end(),
                                      [&](function const& f) { return f.name == t.value; });
        o.callee = own != use_->functions.end() ? &*own : find_function(t.value);
        if (!o.callee)
            fail("function " + go_quoted(t.value) + " not defined", why_refused(t.value));
        return true;
    }
    case token_kind::dot: o.kind = operand_kind::dot; return true;
    case token_kind::nil: o.kind = operand_kind::nil; return true;
    case token_kind::variable:
        o.kind = operand_kind::variable;
        if (std::find(variables_.rbegin(), variables_.rend(), t.value) == variables_.rend())
            fail("undefined variable " + go_quoted(t.value));
        return true;
    case token_kind::field:
        o.kind = operand_kind::field;
        o.names.push_back(t.value.substr(1));
        return true;
    case token_kind::boolean:
        o.kind = operand_kind::boolean;
        o.constant = t.value == "true";
        return true;
    case token_kind::character_constant:
    case token_kind::complex:
    case token_kind::number:
        o.kind = operand_kind::number;
        o.number = read_number(t);
        return true;
    case token_kind::left_parenthesis:
        o.kind = operand_kind::pipeline;
        o.pipe = read_pipeline("parenthesized pipeline", token_kind::right_parenthesis);
        return true;
    case token_kind::string:
    case token_kind::raw_string: {
        std::string text;
        if (!unquote(t.value, text))
            fail("invalid syntax");
        o.kind = operand_kind::text;
        o.constant = std::move(text);
        return true;
    }
    default: back(); return false;
    }
}

/// Underscores stand between digits, or between a prefix and a digit.
inline bool underscores_fit(std::string_view digits, bool after_prefix)
{
    auto last = after_prefix ? '0' : ' ';
    for (char const c : digits) {
        if (c == '_' && last != '0')
            return false;
        last = c == '_' ? '_' : '0';
    }
    return last != '_';
}

/// An integer in Go's syntax. @return digits of the magnitude that fit 64 bits; nothing if it is none
inline std::optional<std::uint64_t> read_magnitude(std::string_view digits, bool& overflows)
{
    int base = 10;
    auto const starts = [&](char lower_case) {
        return digits.size() > 1 && digits[0] == '0' && (digits[1] | 0x20) == lower_case;
    };
    std::size_t prefix = 0;
    if (starts('x') || starts('o') || starts('b')) {
        base = starts('x') ? 16 : starts('o') ? 8 : 2;
        prefix = 2;
    } else if (digits.size() > 1 && digits[0] == '0') {
        base = 8;
        prefix = 1;
    }
    digits.remove_prefix(prefix);
    if (digits.empty() || !underscores_fit(digits, prefix > 0))
        return std::nullopt;
    std::string plain(digits);
    std::erase(plain, '_');
    std::uint64_t n = 0;
    auto const done = std::from_chars(plain.data(), plain.data() + plain.size(), n, base);
    if (done.ptr != plain.data() + plain.size() || plain.empty())
        return std::nullopt;
    overflows = done.ec == std::errc::result_out_of_range;
    return n;
}

inline std::optional<double> read_float(std::string text)
{
    auto const hex = text.starts_with("0x") || text.starts_with("0X");
    if (text.find('_') != text.npos) {
        if (!underscores_fit(text.substr(hex ? 2 : 0, text.find_first_of(".eEpP") - (hex ? 2 : 0)), hex))
            return std::nullopt;
        std::erase(text, '_');
    }
    if (hex && text.find_first_of("pP") == text.npos)
        return std::nullopt;
    double d = 0;
    auto const* begin = text.data() + (hex ? 2 : 0);
    auto const* end = text.data() + text.size();
    auto const done = std::from_chars(begin, end, d, hex ? std::chars_format::hex : std::chars_format::general);
    if (done.ptr != end || done.ec != std::errc{} || !(text[hex ? 2 : 0] == '.' || std::isxdigit(text[hex ? 2 : 0])))
        return std::nullopt;
    return d;
}

ACRX_DECL number_constant parser::read_number(token const& t) const
{
    number_constant number;
    if (t.kind == token_kind::character_constant) {
        std::string text;
        auto const fits = unquote(t.value, text);
        if (!fits && t.value.find('\\') != t.value.npos)
            fail("invalid syntax");
        if (!fits || text.empty() || first_rune(text).size != text.size())
            fail(text.empty() ? "invalid syntax" : "malformed character constant: " + std::string(t.value));
        auto const bytes = t.value.starts_with("'\\x") || (t.value.size() > 2 && std::isdigit(t.value[2]) && t.value[1] == '\\');
        number.integer = bytes ? static_cast<unsigned char>(text[0]) : static_cast<std::int64_t>(first_rune(text).c);
        return number;
    }
    if (t.value.ends_with('i'))
        fail("complex number " + go_quoted(t.value) + " is not supported");
    auto const negative = t.value.starts_with('-');
    auto const magnitude_text = t.value.substr(negative || t.value.starts_with('+') ? 1 : 0);
    auto overflows = false;
    if (auto const magnitude = read_magnitude(magnitude_text, overflows); magnitude && !overflows) {
        auto const limit = std::uint64_t{1} << 63;
        if (*magnitude < limit || (negative && *magnitude == limit)) {
            number.integer = static_cast<std::int64_t>(negative ? 0 - *magnitude : *magnitude);
            number.floating = static_cast<double>(*number.integer);
            return number;
        }
        if (negative)
            fail("integer overflow: " + go_quoted(t.value));
        number.floating = static_cast<double>(*magnitude);
        number.overflows = true;
        return number;
    }
    auto const d = overflows ? std::optional(0.0) : read_float(std::string(magnitude_text));
    if (!d)
        fail("illegal number syntax: " + go_quoted(t.value));
    if (overflows || t.value.find_first_of(".eEpP") == t.value.npos)
        fail("integer overflow: " + go_quoted(t.value));
    number.floating = negative ? -*d : *d;
    number.is_float = true;
    if (std::abs(number.floating) < 9.2e18 && std::floor(number.floating) == number.floating)
        number.integer = static_cast<std::int64_t>(number.floating);
    return number;
}
}  // namespace acrx::templating::detail
#endif
