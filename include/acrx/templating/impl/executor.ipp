// Bodies of templating/detail/executor.hpp: statements, variables and fields.
#ifndef ACRX_TEMPLATING_IMPL_EXECUTOR_IPP
#define ACRX_TEMPLATING_IMPL_EXECUTOR_IPP
#include <acrx/templating/detail/executor.hpp>
#include <acrx/templating/detail/object_method.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>
#include <acrx/templating/template_error.hpp>

#include <algorithm>
#include <utility>

namespace acrx::templating::detail {
/// Counts the recursion of the executor.
class depth_guard
{
public:
    explicit depth_guard(std::size_t& depth) : depth_(depth) { ++depth_; }
    depth_guard(depth_guard const&) = delete;
    depth_guard& operator=(depth_guard const&) = delete;
    ~depth_guard() { --depth_; }

private:
    std::size_t& depth_;
};

ACRX_DECL void executor::fail(std::string const& cause) const
{
    auto const before = text_.substr(0, std::min(place_, text_.size()));
    auto const line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    auto const last = before.rfind('\n');
    auto const column = last == before.npos ? before.size() : before.size() - last - 1;
    auto const node = std::visit(
        [](auto const& p) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(p)>, std::monostate>)
                return {};
            else
                return to_source(*p);
        },
        part_);
    auto const text = "template: " + use_->name + ':' + std::to_string(line) + ':' + std::to_string(column)
                      + ": executing " + go_quoted(template_name_) + " at <" + node + ">: " + cause;
    throw template_error(errc::invalid_argument, text, line, column, cause);
}

ACRX_DECL std::string executor::run(value const& data)
{
    template_name_ = use_->name;
    auto const dot = slot::made(data);
    variables_.push_back({"$", dot});
    try {
        walk(dot, templates_->find(use_->name)->second);
    } catch (template_error const&) {
        throw;
    } catch (error const& e) {
        fail(e.doing());
    }
    return out_.take();
}

ACRX_DECL slot& executor::find_variable(std::string_view name)
{
    for (auto i = variables_.size(); i > first_variable_; --i)
        if (variables_[i - 1].name == name)
            return variables_[i - 1].content;
    fail("undefined variable: " + std::string(name));
}

ACRX_DECL executor::flow executor::walk(slot const& dot, statement_list const& list)
{
    depth_guard const guard(depth_);
    if (depth_ > 2 * use_->limit.template_depth)
        fail("the template nests too deeply");
    for (auto const& s : list)
        if (auto const f = walk(dot, s); f != flow::next)
            return f;
    return flow::next;
}

ACRX_DECL executor::flow executor::walk(slot const& dot, statement const& s)
{
    at(s);
    switch (s.kind) {
    case statement_kind::text: out_.put(s.text); break;
    case statement_kind::action: {
        auto const content = evaluate(dot, *s.pipe);
        if (s.pipe->variables.empty())
            print(content);
        break;
    }
    case statement_kind::if_:
    case statement_kind::with: return walk_branch(dot, s);
    case statement_kind::range: return walk_range(dot, s);
    case statement_kind::template_: walk_template(dot, s); break;
    case statement_kind::break_: return flow::break_;
    case statement_kind::continue_: return flow::continue_;
    }
    return flow::next;
}

ACRX_DECL void executor::print(slot const& content)
{
    if (!content.is_valid())
        return out_.put("<no value>");
    if (auto const* text = content.v.if_text())
        return out_.put(*text);
    out_.put(to_text(content.v, left_));
}

/// `if` and `with`, and the branches of their chain one after the other.
ACRX_DECL executor::flow executor::walk_branch(slot const& dot, statement const& s)
{
    auto const mark = variables_.size();
    auto const* branch = &s;
    auto f = flow::next;
    while (true) {
        auto const condition = evaluate(dot, *branch->pipe);
        if (condition.v.truth()) {
            f = walk(branch->kind == statement_kind::with ? condition : dot, branch->body);
            break;
        }
        auto const& otherwise = branch->otherwise;
        if (otherwise.size() == 1 && otherwise[0].kind == s.kind && s.kind == statement_kind::if_) {
            branch = &otherwise[0];
            at(*branch);
            continue;
        }
        f = walk(dot, otherwise);
        break;
    }
    variables_.resize(mark);
    return f;
}

ACRX_DECL executor::flow executor::walk_element(statement const& s, slot index, slot const& element, bool& stopped)
{
    left_.spend(1);  // also for an empty body
    auto const& names = s.pipe->variables;
    if (s.pipe->assigns) {
        if (names.size() > 1)
            find_variable(names[0]) = std::move(index);
        find_variable(names.back()) = element;
    } else if (!names.empty()) {
        variables_[variables_.size() - 1].content = element;
        if (names.size() > 1)
            variables_[variables_.size() - 2].content = std::move(index);
    }
    auto const mark = variables_.size();
    auto const f = walk(element, s.body);
    variables_.resize(mark);
    stopped = f == flow::break_;
    return flow::next;
}

ACRX_DECL executor::flow executor::walk_range(slot const& dot, statement const& s)
{
    auto const mark = variables_.size();
    auto const over = evaluate(dot, *s.pipe).v;
    auto const elements = over.elements() == element_type::any ? slot::origin::dynamic : slot::origin::concrete;
    auto stopped = false;
    auto empty = true;
    if (auto const* list = over.if_list()) {
        for (std::size_t i = 0; i < list->size() && !stopped; ++i, empty = false)
            walk_element(s, {value(i), slot::origin::concrete}, {(*list)[i], elements}, stopped);
    } else if (auto const* map = over.if_map()) {
        auto const entries = *map;  // the body may change the map
        left_.spend(entries.size());
        for (auto const& [key, item] : entries) {
            walk_element(s, {value(key), slot::origin::concrete}, {item, elements}, stopped);
            empty = false;
            if (stopped)
                break;
        }
    } else if (auto const* count = over.if_integer()) {
        if (s.pipe->variables.size() > 1)
            fail("can't use " + to_text(over, left_) + " to iterate over more than one variable");
        for (std::int64_t i = 0; i < *count && !stopped; ++i, empty = false)
            walk_element(s, {}, {value(i, over.integers()), slot::origin::concrete}, stopped);
    } else if (!over.is_nil()) {
        fail("range can't iterate over " + to_text(over, left_));
    }
    auto f = flow::next;
    if (empty)
        f = walk(dot, s.otherwise);
    variables_.resize(mark);
    return f;
}

ACRX_DECL void executor::walk_template(slot const& dot, statement const& s)
{
    auto const found = templates_->find(s.name);
    if (found == templates_->end())
        fail("template " + go_quoted(s.name) + " not defined");
    if (template_depth_ >= use_->limit.template_depth)
        fail("exceeded maximum template depth (" + std::to_string(use_->limit.template_depth) + ")");
    auto const data = s.pipe ? evaluate(dot, *s.pipe) : slot{};
    auto const outer_name = std::exchange(template_name_, std::string_view(found->first));
    auto const mark = variables_.size();
    auto const outer_first = std::exchange(first_variable_, mark);
    variables_.push_back({"$", data});
    ++template_depth_;
    walk(data, found->second);
    --template_depth_;
    variables_.resize(mark);
    first_variable_ = outer_first;
    template_name_ = outer_name;
}

ACRX_DECL slot executor::evaluate(slot const& dot, pipeline const& p)
{
    depth_guard const guard(depth_);
    if (depth_ > 4 * use_->limit.template_depth)
        fail("the template nests too deeply");
    at(p);
    slot content;
    for (std::size_t i = 0; i < p.commands.size(); ++i) {
        content = evaluate(dot, p.commands[i], i == 0 ? nullptr : &content);
        if (content.from == slot::origin::dynamic)
            content = slot::made(std::move(content.v));
    }
    for (auto const& name : p.variables) {
        if (p.assigns)
            find_variable(name) = content;
        else
            variables_.push_back({name, content});
    }
    return content;
}

ACRX_DECL void executor::refuse_arguments(std::span<operand const> operands, slot const* last) const
{
    if (operands.size() > 1 || last)
        fail("can't give argument to non-function " + to_source(operands[0]));
}

ACRX_DECL slot executor::evaluate(slot const& dot, command const& c, slot const* last)
{
    auto const& first = c.operands[0];
    std::span<operand const> const all(c.operands);
    switch (first.kind) {
    case operand_kind::field:
    case operand_kind::chain: return operand_fields(dot, first, all.subspan(1), last);
    case operand_kind::variable:
        if (first.names.empty())
            refuse_arguments(all, last);
        return operand_fields(dot, first, all.subspan(1), last);
    case operand_kind::function: return call_function(dot, first, &c, all.subspan(1), last);
    case operand_kind::pipeline: refuse_arguments(all, last); return evaluate(dot, *first.pipe);
    default: break;
    }
    at(first);
    refuse_arguments(all, last);
    if (first.kind == operand_kind::dot)
        return dot;
    if (first.kind == operand_kind::nil)
        fail("nil is not a command");
    return constant(first);
}

ACRX_DECL slot executor::constant(operand const& o)
{
    at(o);
    if (o.kind != operand_kind::number)
        return slot::made(o.constant);
    if (o.number.is_float)
        return slot::made(o.number.floating);
    if (o.number.overflows)
        fail(std::string(o.source) + " overflows int");
    return slot::made(*o.number.integer);
}

/// A field, a variable or a chain, with all its fields.
ACRX_DECL slot executor::operand_fields(slot const& dot, operand const& o, std::span<operand const> arguments,
                                        slot const* last)
{
    at(o);
    if (o.kind == operand_kind::field)
        return fields(dot, o, arguments, last, dot);
    if (o.kind == operand_kind::variable)
        return fields(find_variable(o.source.substr(0, o.source.find('.'))), o, arguments, last,
                      dot);
    if (o.inner->kind == operand_kind::nil)
        fail("indirection through explicit nil in " + to_source(o));
    at(*o.inner);
    if (o.inner->kind == operand_kind::pipeline)
        return fields(evaluate(dot, *o.inner->pipe), o, arguments, last, dot);
    return fields(call_function(dot, *o.inner, nullptr, {}, nullptr), o, arguments, last, dot);
}

ACRX_DECL slot executor::fields(slot receiver, operand const& o, std::span<operand const> arguments,
                                slot const* last, slot const& dot)
{
    for (std::size_t i = 0; i < o.names.size(); ++i) {
        auto const is_last = i + 1 == o.names.size();
        receiver = field(receiver, o.names[i], o, is_last ? arguments : std::span<operand const>{},
                         is_last ? last : nullptr, dot);
    }
    return receiver;
}

ACRX_DECL slot executor::field(slot const& receiver, std::string_view name, operand const&,
                               std::span<operand const> arguments, slot const* last, slot const& dot)
{
    if (!receiver.is_valid()) {
        if (use_->on_missing_key == missing_key::error)
            fail("nil data; no entry for key " + go_quoted(name));
        return {};
    }
    if (receiver.v.is_nil())
        fail("nil pointer evaluating interface {}." + std::string(name));
    auto is_method = false;
    auto result = method(receiver.v, name, arguments, last, dot, is_method);
    if (is_method)
        return result;
    auto const* map = receiver.v.if_map();
    if (!map)
        fail("can't evaluate field " + std::string(name) + " in type " + std::string(receiver.type_name()));
    if (!arguments.empty() || last)
        fail(std::string(name) + " is not a method but has arguments");
    auto const texts = receiver.v.elements() == element_type::text;
    auto const content = texts ? slot::origin::concrete : slot::origin::dynamic;
    if (auto const found = map->find(name); found != map->end())
        return {found->second, content};
    switch (use_->on_missing_key) {
    case missing_key::no_value: return {};
    case missing_key::zero: return {texts ? value("") : value(), content};
    case missing_key::error: break;
    }
    fail("map has no entry for key " + go_quoted(name));
}

/// The methods of versions and times.
ACRX_DECL slot executor::method(value const& object, std::string_view name, std::span<operand const> arguments,
                                slot const* last, slot const& dot, bool& found)
{
    auto const result = object_method(object, name);
    found = result.has_value();
    if (!found)
        return {};
    auto const given = arguments.size() + (last ? 1 : 0);
    if (name == "Format" && object.if_time()) {
        if (given != 1)
            fail("wrong number of args for Format: want 1 got " + std::to_string(given));
        auto none = false;
        auto const layout = last ? checked(*last, 's', none) : argument(dot, arguments[0], 's', none);
        return slot::made(format_time(*object.if_time(), *layout.if_text()));
    }
    if (given != 0)
        fail("wrong number of args for " + std::string(name) + ": want 0 got " + std::to_string(given));
    return slot::made(*result);
}
}  // namespace acrx::templating::detail
#endif
