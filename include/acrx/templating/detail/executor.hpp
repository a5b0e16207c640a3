// Runs the syntax tree of a template over data.
#ifndef ACRX_TEMPLATING_DETAIL_EXECUTOR_HPP
#define ACRX_TEMPLATING_DETAIL_EXECUTOR_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/detail/syntax.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/value.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acrx::templating::detail {
/// A value with what Go's reflection knows about where it comes from.
struct slot
{
    enum class origin
    {
        none,      ///< there is no value at all
        dynamic,   ///< out of an `interface {}`, which may be nil
        concrete,  ///< of a type that is known
    };

    value v;
    origin from = origin::none;

    slot() = default;
    slot(value content, origin o) : v(std::move(content)), from(o) {}
    /// A value that a function or literal gives.
    static slot made(value content)
    {
        auto const o = content.is_nil() ? origin::none : origin::concrete;
        return {std::move(content), o};
    }
    bool is_valid() const noexcept { return from != origin::none; }
    std::string_view type_name() const noexcept
    {
        return from == origin::dynamic ? "interface {}" : v.type_name();
    }
};

/// One rendering.
class executor
{
public:
    executor(std::string_view text, template_set const& templates, options const& use)
        : text_(text), templates_(&templates), use_(&use), left_(use.limit), out_(left_)
    {}

    /// @throws template_error (`errc::invalid_argument`)
    ACRX_DECL std::string run(value const& data);

private:
    enum class flow
    {
        next,
        break_,
        continue_,
    };
    struct variable
    {
        std::string_view name;
        slot content;
    };
    using part = std::variant<std::monostate, operand const*, command const*, pipeline const*, statement const*>;

    [[noreturn]] void fail(std::string const& cause) const;
    template<class Node>
    void at(Node const& node)
    {
        part_ = &node;
        place_ = node.place;
        left_.spend(1);
    }

    flow walk(slot const& dot, statement_list const& list);
    flow walk(slot const& dot, statement const& s);
    flow walk_branch(slot const& dot, statement const& s);
    flow walk_range(slot const& dot, statement const& s);
    flow walk_element(statement const& s, slot index, slot const& element, bool& stopped);
    void walk_template(slot const& dot, statement const& s);
    void print(slot const& content);

    slot evaluate(slot const& dot, pipeline const& p);
    slot evaluate(slot const& dot, command const& c, slot const* last);
    slot fields(slot receiver, operand const& o, std::span<operand const> arguments, slot const* last,
                slot const& dot);
    slot field(slot const& receiver, std::string_view name, operand const& o, std::span<operand const> arguments,
               slot const* last, slot const& dot);
    slot operand_fields(slot const& dot, operand const& o, std::span<operand const> arguments, slot const* last);
    slot method(value const& object, std::string_view name, std::span<operand const> arguments, slot const* last,
                slot const& dot, bool& found);
    slot constant(operand const& o);
    void refuse_arguments(std::span<operand const> operands, slot const* last) const;

    slot call_function(slot const& dot, operand const& o, command const* whole, std::span<operand const> arguments,
                       slot const* last);
    slot call_short_circuit(slot const& dot, bool is_or, std::span<operand const> arguments, slot const* last);
    [[noreturn]] void refuse_call(slot const& dot, std::span<operand const> arguments, slot const* last);
    value argument(slot const& dot, operand const& o, char type, bool& none);
    value literal(operand const& o, char type);
    value checked(slot const& s, char type, bool& none);

    slot& find_variable(std::string_view name);

    std::string_view text_;
    template_set const* templates_;
    options const* use_;
    budget left_;
    bounded_text out_;
    std::vector<variable> variables_;
    std::size_t first_variable_ = 0;
    std::string_view template_name_;
    std::size_t template_depth_ = 0;
    std::size_t depth_ = 0;
    part part_;
    std::size_t place_ = 0;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/executor.ipp>
#include <acrx/templating/impl/executor_call.ipp>
#endif
#endif
