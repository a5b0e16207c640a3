// Bodies of templating/detail/executor.hpp: calls of functions and their arguments.
#ifndef ACRX_TEMPLATING_IMPL_EXECUTOR_CALL_IPP
#define ACRX_TEMPLATING_IMPL_EXECUTOR_CALL_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/executor.hpp>
#include <acrx/templating/template_error.hpp>

#include <algorithm>
#include <utility>

namespace acrx::templating::detail {
/// Go's name of a parameter's type.
inline std::string_view parameter_type(char letter)
{
    switch (letter) {
    case 's': return "string";
    case 'i': return "int";
    case 'I': return "int64";
    case 'f': return "float64";
    case 'b': return "bool";
    case 'm': return "map[string]interface {}";
    case 'l': return "[]interface {}";
    case 't': return "time.Time";
    default: return "interface {}";
    }
}

inline bool may_be_nil(char letter)
{
    return letter == 'a' || letter == 'm' || letter == 'l';
}

/// Literals and nil as an argument of a type.
ACRX_DECL value executor::literal(operand const& o, char type)
{
    auto const name = parameter_type(type);
    if (o.kind == operand_kind::nil) {
        if (!may_be_nil(type))
            fail("cannot assign nil to " + std::string(name));
        return {};
    }
    auto const source = [&o] { return to_source(o); };
    switch (type) {
    case 'a': return constant(o).v;
    case 'b':
        if (o.kind != operand_kind::boolean)
            fail("expected bool; found " + source());
        return o.constant;
    case 's':
        if (o.kind != operand_kind::text)
            fail("expected string; found " + source());
        return o.constant;
    case 'i':
    case 'I':
        if (o.kind != operand_kind::number || !o.number.integer)
            fail("expected integer; found " + source());
        return {*o.number.integer, type == 'I' ? integer_type::int64 : integer_type::int_};
    case 'f':
        if (o.kind != operand_kind::number)
            fail("expected float; found " + source());
        return o.number.integer && !o.number.is_float ? static_cast<double>(*o.number.integer) : o.number.floating;
    default: fail("can't handle " + source() + " for arg of type " + std::string(name));
    }
}

/// An argument of a function. @param none  set if there is no value at all, not even an interface that is nil
ACRX_DECL value executor::argument(slot const& dot, operand const& o, char type, bool& none)
{
    at(o);
    switch (o.kind) {
    case operand_kind::dot: return checked(dot, type, none);
    case operand_kind::field:
    case operand_kind::variable:
    case operand_kind::chain: return checked(operand_fields(dot, o, {}, nullptr), type, none);
    case operand_kind::pipeline: return checked(evaluate(dot, *o.pipe), type, none);
    case operand_kind::function: {
        auto result = call_function(dot, o, nullptr, {}, nullptr);
        if (!result.is_valid())
            result.from = slot::origin::dynamic;
        return checked(result, type, none);
    }
    default: none = o.kind == operand_kind::nil; return literal(o, type);
    }
}

/// The value of a slot, if a parameter takes it.
ACRX_DECL value executor::checked(slot const& s, char type, bool& none)
{
    auto const name = parameter_type(type);
    if (!s.is_valid()) {
        if (!may_be_nil(type))
            fail("invalid value; expected " + std::string(name));
        none = true;
        return {};
    }
    auto const mismatch = [&](std::string_view got) {
        fail("wrong type for value; expected " + std::string(name) + "; got " + std::string(got));
    };
    if (type == 'a')
        return s.v;
    if (s.v.is_nil())
        mismatch("interface {}");
    if (s.v.type_name() != name)
        mismatch(s.v.type_name());
    return s.v;
}

/// `and` and `or` stop at the first operand that decides.
ACRX_DECL slot executor::call_short_circuit(slot const& dot, bool is_or, std::span<operand const> arguments,
                                            slot const* last)
{
    value v;
    for (auto const& o : arguments) {
        auto none = false;
        v = argument(dot, o, 'a', none);
        if (v.truth() == is_or)
            return slot::made(std::move(v));
    }
    return slot::made(last ? last->v : std::move(v));
}

/// `call` wants a function, and no value is one.
ACRX_DECL void executor::refuse_call(slot const& dot, std::span<operand const> arguments, slot const* last)
{
    if (arguments.empty() && !last)
        fail("wrong number of args for call: want at least 1 got 0");
    auto none = false;
    auto const v = arguments.empty() ? last->v : argument(dot, arguments[0], 'a', none);
    if (v.is_nil())
        fail("error calling call: call of nil");
    fail("error calling call: non-function " + (arguments.empty() ? std::string{} : to_source(arguments[0]))
         + " of type " + std::string(v.type_name()));
}

ACRX_DECL slot executor::call_function(slot const& dot, operand const& o, command const* whole,
                                       std::span<operand const> arguments, slot const* last)
{
    at(o);
    auto const& f = *o.callee;
    auto const variadic = f.parameters.ends_with('*');
    auto const letters = f.parameters.substr(0, f.parameters.size() - (variadic ? 1 : 0));
    auto const fixed = letters.size() - (variadic ? 1 : 0);
    auto const given = arguments.size() + (last ? 1 : 0);
    if (variadic ? given < fixed : given != fixed)
        fail("wrong number of args for " + std::string(o.source) + ": want " + (variadic ? "at least " : "") + std::to_string(fixed)
             + " got " + std::to_string(variadic ? arguments.size() : given));
    if (o.source == "and" || o.source == "or")
        return call_short_circuit(dot, o.source == "or", arguments, last);
    if (o.source == "call")
        refuse_call(dot, arguments, last);
    value_list values;
    values.reserve(given);
    auto first_is_none = false;
    for (std::size_t i = 0; i < given; ++i) {
        auto none = false;
        auto const type = letters[std::min(i, letters.size() - 1)];
        values.push_back(i < arguments.size() ? argument(dot, arguments[i], type, none) : checked(*last, type, none));
        first_is_none = first_is_none || (i == 0 && none);
    }
    auto const locate = [&] {
        if (whole)
            at(*whole);
        else
            at(o);
    };
    try {
        if (first_is_none && o.source == "len")
            throw error(errc::invalid_argument, "reflect: call of reflect.Value.Type on zero Value");
        for (auto const& v : values)
            left_.spend(1 + (v.if_text() ? v.if_text()->size() / 64 : 0));
        auto result = f.body(call(values, *use_, left_));
        if (auto const* text = result.if_text())
            left_.make(text->size());
        else if (auto const* list = result.if_list())
            left_.make(list->size() * sizeof(value));
        return slot::made(std::move(result));
    } catch (error const& e) {
        locate();
        fail("error calling " + std::string(o.source) + ": " + e.doing());
    }
}
}  // namespace acrx::templating::detail
#endif
