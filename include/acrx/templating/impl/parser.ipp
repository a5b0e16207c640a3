// Bodies of templating/detail/parser.hpp: statements.
#ifndef ACRX_TEMPLATING_IMPL_PARSER_IPP
#define ACRX_TEMPLATING_IMPL_PARSER_IPP
#include <acrx/templating/detail/parser.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/template_error.hpp>

#include <algorithm>
#include <utility>

namespace acrx::templating::detail {
/// Nothing but white space and definitions.
inline bool is_empty(statement_list const& list)
{
    return std::all_of(list.begin(), list.end(), [](statement const& s) {
        return s.kind == statement_kind::text && trim_space(s.text).empty();
    });
}

ACRX_DECL void parser::fail(std::string const& cause, std::string const& advice) const
{
    auto const line = tokens_[0].line;
    throw template_error(errc::syntax, "template: " + use_->name + ':' + std::to_string(line) + ": " + cause, line, 0,
                         cause, advice);
}

ACRX_DECL void parser::unexpected(token const& t, std::string_view context) const
{
    if (t.kind != token_kind::error)
        fail("unexpected " + t.shown() + " in " + std::string(context));
    if (action_line_ == 0 || action_line_ == t.line)
        fail(std::string(t.value));
    auto const start = " started at " + use_->name + ':' + std::to_string(action_line_);
    fail(std::string(t.value) + (t.value.ends_with(" action") ? start : " in action" + start));
}

ACRX_DECL token const& parser::next()
{
    if (looked_ahead_ > 0)
        --looked_ahead_;
    else
        tokens_[0] = lexer_.next();
    return tokens_[looked_ahead_];
}

ACRX_DECL token const& parser::peek()
{
    if (looked_ahead_ > 0)
        return tokens_[looked_ahead_ - 1];
    looked_ahead_ = 1;
    tokens_[0] = lexer_.next();
    return tokens_[0];
}

ACRX_DECL token parser::next_beyond_space()
{
    while (true)
        if (auto const& t = next(); t.kind != token_kind::space)
            return t;
}

ACRX_DECL token const& parser::peek_beyond_space()
{
    while (peek().kind == token_kind::space)
        next();
    return peek();
}

/// Gives back one token that lies before the one looked at.
ACRX_DECL void parser::back(token before)
{
    tokens_[1] = std::move(before);
    looked_ahead_ = 2;
}

ACRX_DECL void parser::back(token first, token second)
{
    tokens_[1] = std::move(second);
    tokens_[2] = std::move(first);
    looked_ahead_ = 3;
}

ACRX_DECL token parser::expect(token_kind kind, std::string_view context)
{
    auto t = next_beyond_space();
    if (t.kind != kind)
        unexpected(t, context);
    return t;
}

ACRX_DECL void parser::enter()
{
    if (++depth_ > 500)
        fail("max expression depth exceeded");
}

ACRX_DECL template_set parser::parse()
{
    statement_list root;
    while (peek().kind != token_kind::end_of_text) {
        if (peek().kind == token_kind::left_delimiter && read_definition())
            continue;
        list_end ended{};
        if (!read_statement(root, ended))
            fail(ended == list_end::end ? "unexpected {{end}}" : "unexpected {{else}}");
    }
    add(use_->name, std::move(root));
    return std::move(all_);
}

/// Reads `{{define}}`, if it is one.
ACRX_DECL bool parser::read_definition()
{
    auto delimiter = next();
    if (next_beyond_space().kind != token_kind::define) {
        back(std::move(delimiter));
        return false;
    }
    constexpr std::string_view context = "define clause";
    auto const outer = std::exchange(variables_, {"$"});
    auto const ranges = std::exchange(range_depth_, 0);
    auto const name = template_name(next_beyond_space(), context);
    expect(token_kind::right_delimiter, context);
    statement_list body;
    if (read_list(body) != list_end::end)
        fail("unexpected {{else}} in define clause");
    variables_ = outer;
    range_depth_ = ranges;
    add(name, std::move(body));
    return true;
}

ACRX_DECL void parser::add(std::string const& name, statement_list body)
{
    auto const found = all_.find(name);
    if (found == all_.end() || is_empty(found->second))
        all_[name] = std::move(body);
    else if (!is_empty(body))
        fail("template: multiple definition of template " + go_quoted(name));
}

ACRX_DECL parser::list_end parser::read_list(statement_list& into)
{
    enter();
    while (peek_beyond_space().kind != token_kind::end_of_text) {
        list_end ended{};
        if (!read_statement(into, ended)) {
            leave();
            return ended;
        }
    }
    fail("unexpected EOF");
}

ACRX_DECL bool parser::read_statement(statement_list& into, list_end& ended)
{
    auto t = next_beyond_space();
    if (t.kind == token_kind::text) {
        into.push_back({statement_kind::text, t.place, t.value, {}, nullptr, {}, {}});
        return true;
    }
    if (t.kind != token_kind::left_delimiter)
        unexpected(t, "input");
    action_line_ = t.line;
    auto const more = read_action(into, ended);
    action_line_ = 0;
    return more;
}

ACRX_DECL bool parser::read_action(statement_list& into, list_end& ended)
{
    auto const t = next_beyond_space();
    switch (t.kind) {
    case token_kind::block: into.push_back(read_block()); return true;
    case token_kind::break_: into.push_back(read_jump(statement_kind::break_, t)); return true;
    case token_kind::continue_: into.push_back(read_jump(statement_kind::continue_, t)); return true;
    case token_kind::if_: into.push_back(read_control(statement_kind::if_, "if")); return true;
    case token_kind::range: into.push_back(read_control(statement_kind::range, "range")); return true;
    case token_kind::with: into.push_back(read_control(statement_kind::with, "with")); return true;
    case token_kind::template_: into.push_back(read_template()); return true;
    case token_kind::else_: ended = read_else(); return false;
    case token_kind::end:
        expect(token_kind::right_delimiter, "end");
        ended = list_end::end;
        return false;
    default: break;
    }
    back();
    statement action;
    action.kind = statement_kind::action;
    action.place = peek().place;
    action.pipe = read_pipeline("command", token_kind::right_delimiter);
    into.push_back(std::move(action));
    return true;
}

ACRX_DECL parser::list_end parser::read_else()
{
    auto const kind = peek_beyond_space().kind;
    if (kind == token_kind::if_ || kind == token_kind::with)
        return kind == token_kind::if_ ? list_end::else_if : list_end::else_with;
    expect(token_kind::right_delimiter, "else");
    return list_end::else_;
}

ACRX_DECL statement parser::read_control(statement_kind kind, std::string_view context)
{
    enter();
    auto const declared = variables_.size();
    statement control;
    control.kind = kind;
    control.pipe = read_pipeline(context, token_kind::right_delimiter);
    control.place = control.pipe->place;
    range_depth_ += kind == statement_kind::range ? 1 : 0;
    auto ended = read_list(control.body);
    range_depth_ -= kind == statement_kind::range ? 1 : 0;
    auto const chains = (ended == list_end::else_if && kind == statement_kind::if_)
                        || (ended == list_end::else_with && kind == statement_kind::with);
    if (chains) {
        next();
        control.otherwise.push_back(read_control(kind, context));
    } else if (ended != list_end::end) {
        ended = read_list(control.otherwise);
        if (ended != list_end::end)
            fail("expected end; found {{else}}");
    }
    variables_.resize(declared);
    leave();
    return control;
}

ACRX_DECL statement parser::read_jump(statement_kind kind, token const& at)
{
    auto const name = "{{" + std::string(at.value) + "}}";
    if (auto const t = next_beyond_space(); t.kind != token_kind::right_delimiter)
        unexpected(t, name);
    if (range_depth_ == 0)
        fail(name + " outside {{range}}");
    statement jump;
    jump.kind = kind;
    jump.place = at.place;
    return jump;
}

ACRX_DECL std::string parser::template_name(token const& t, std::string_view context)
{
    if (t.kind != token_kind::string && t.kind != token_kind::raw_string)
        unexpected(t, context);
    std::string name;
    if (!unquote(t.value, name))
        fail("invalid syntax");
    return name;
}

ACRX_DECL statement parser::read_block()
{
    constexpr std::string_view context = "block clause";
    auto const t = next_beyond_space();
    statement call;
    call.kind = statement_kind::template_;
    call.place = t.place;
    call.name = template_name(t, context);
    call.pipe = read_pipeline(context, token_kind::right_delimiter);
    auto const outer = std::exchange(variables_, {"$"});
    auto const ranges = std::exchange(range_depth_, 0);
    statement_list body;
    if (read_list(body) != list_end::end)
        fail("unexpected {{else}} in block clause");
    variables_ = outer;
    range_depth_ = ranges;
    add(call.name, std::move(body));
    return call;
}

ACRX_DECL statement parser::read_template()
{
    constexpr std::string_view context = "template clause";
    auto const t = next_beyond_space();
    statement call;
    call.kind = statement_kind::template_;
    call.place = t.place;
    call.name = template_name(t, context);
    if (next_beyond_space().kind != token_kind::right_delimiter) {
        back();
        call.pipe = read_pipeline(context, token_kind::right_delimiter);
    }
    return call;
}
}  // namespace acrx::templating::detail
#endif
