// The syntax tree of a template, which points into its text, and its parts as messages show them.
#ifndef ACRX_TEMPLATING_DETAIL_SYNTAX_HPP
#define ACRX_TEMPLATING_DETAIL_SYNTAX_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/function.hpp>
#include <acrx/templating/value.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::templating::detail {
struct pipeline;

/// A number as it is written: an integer if it has no fraction, a float in any case.
struct number_constant
{
    std::optional<std::int64_t> integer;
    double floating = 0;
    bool is_float = false;  ///< written as a float
    bool overflows = false;
};

enum class operand_kind
{
    boolean,
    dot,
    nil,
    number,
    text,
    field,     ///< `.a.b`
    variable,  ///< `$x.a.b`
    chain,     ///< `(pipeline).a.b` or `function.a.b`
    function,
    pipeline,  ///< in parentheses
};

struct operand
{
    operand_kind kind = operand_kind::dot;
    std::size_t place = 0;
    std::string_view source;              ///< as it is written; the name of a function or variable
    std::vector<std::string_view> names;  ///< of fields
    value constant;                       ///< of booleans and texts
    number_constant number;
    function const* callee = nullptr;
    std::unique_ptr<operand> inner;       ///< before the fields of a chain
    std::unique_ptr<pipeline> pipe;
};

struct command
{
    std::size_t place = 0;
    std::vector<operand> operands;
};

struct pipeline
{
    std::size_t place = 0;
    bool assigns = false;
    std::vector<std::string_view> variables;
    std::vector<command> commands;
};

enum class statement_kind
{
    text,
    action,
    if_,
    with,
    range,
    template_,
    break_,
    continue_,
};

struct statement;
using statement_list = std::vector<statement>;

struct statement
{
    statement_kind kind = statement_kind::text;
    std::size_t place = 0;
    std::string_view text;           ///< of a text
    std::string name;                ///< of a template
    std::unique_ptr<pipeline> pipe;  ///< null for a text, and a template without data
    statement_list body;
    statement_list otherwise;
};

/// All templates that one text defines, by name.
using template_set = std::map<std::string, statement_list, std::less<>>;

ACRX_DECL std::string to_source(operand const& o);
ACRX_DECL std::string to_source(command const& c);
ACRX_DECL std::string to_source(pipeline const& p);
ACRX_DECL std::string to_source(statement const& s);
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/syntax.ipp>
#endif
#endif
