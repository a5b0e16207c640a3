// Bodies of templating/detail/syntax.hpp.
#ifndef ACRX_TEMPLATING_IMPL_SYNTAX_IPP
#define ACRX_TEMPLATING_IMPL_SYNTAX_IPP
#include <acrx/templating/detail/syntax.hpp>
#include <acrx/templating/detail/unicode.hpp>

namespace acrx::templating::detail {
ACRX_DECL std::string to_source(operand const& o)
{
    if (o.kind == operand_kind::pipeline)
        return '(' + to_source(*o.pipe) + ')';
    if (o.kind != operand_kind::chain)
        return std::string(o.source);
    auto text = to_source(*o.inner);
    for (auto const& name : o.names)
        (text += '.') += name;
    return text;
}

ACRX_DECL std::string to_source(command const& c)
{
    std::string text;
    for (auto const& o : c.operands)
        text += (text.empty() ? "" : " ") + to_source(o);
    return text;
}

ACRX_DECL std::string to_source(pipeline const& p)
{
    std::string text;
    for (auto const& name : p.variables)
        (text += text.empty() ? "" : ", ") += name;
    if (!p.variables.empty())
        text += p.assigns ? " = " : " := ";
    char const* separator = "";
    for (auto const& c : p.commands)
        (text += std::exchange(separator, " | ")) += to_source(c);
    return text;
}

ACRX_DECL std::string to_source(statement const& s)
{
    if (s.kind == statement_kind::text)
        return std::string(s.text);
    if (s.kind != statement_kind::template_)
        return s.pipe ? "{{" + to_source(*s.pipe) + "}}" : "{{}}";
    return "{{template " + go_quoted(s.name) + (s.pipe ? ' ' + to_source(*s.pipe) : std::string{}) + "}}";
}
}  // namespace acrx::templating::detail
#endif
