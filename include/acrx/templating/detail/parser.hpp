// Tokens of a template to its syntax tree.
#ifndef ACRX_TEMPLATING_DETAIL_PARSER_HPP
#define ACRX_TEMPLATING_DETAIL_PARSER_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/detail/lexer.hpp>
#include <acrx/templating/detail/syntax.hpp>
#include <acrx/templating/options.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::templating::detail {
/// Reads one text, into which the tree points. Looks at most three tokens ahead.
class parser
{
public:
    parser(std::string_view text, options const& use) : text_(text), use_(&use), lexer_(text) {}

    /// All templates of the text; the text itself has the name of the options.
    /// @throws template_error (`errc::syntax`)
    ACRX_DECL template_set parse();

private:
    /// What ended a list of statements.
    enum class list_end
    {
        end,
        else_,
        else_if,
        else_with,
    };

    [[noreturn]] void fail(std::string const& cause, std::string const& advice = {}) const;
    [[noreturn]] void unexpected(token const& t, std::string_view context) const;
    token const& next();
    token next_beyond_space();
    token const& peek();
    token const& peek_beyond_space();
    void back() { ++looked_ahead_; }
    void back(token before);
    void back(token first, token second);
    token expect(token_kind kind, std::string_view context);
    void enter();
    void leave() { --depth_; }

    bool read_definition();
    /// Reads one statement, or what ends a list of them.
    bool read_statement(statement_list& into, list_end& ended);
    list_end read_list(statement_list& into);
    void add(std::string const& name, statement_list body);
    bool read_action(statement_list& into, list_end& ended);
    statement read_control(statement_kind kind, std::string_view context);
    list_end read_else();
    statement read_jump(statement_kind kind, token const& at);
    statement read_block();
    statement read_template();
    std::string template_name(token const& t, std::string_view context);

    std::unique_ptr<pipeline> read_pipeline(std::string_view context, token_kind end);
    void read_declarations(pipeline& p, std::string_view context);
    void check_pipeline(pipeline const& p, std::string_view context) const;
    command read_command();
    bool read_operand(operand& o);
    bool read_term(operand& o);
    void read_fields(operand& o);
    number_constant read_number(token const& t) const;

    std::string_view text_;
    options const* use_;
    lexer lexer_;
    std::array<token, 3> tokens_;
    std::size_t looked_ahead_ = 0;
    std::size_t action_line_ = 0;
    std::size_t range_depth_ = 0;
    std::size_t depth_ = 0;
    std::vector<std::string_view> variables_{"$"};
    template_set all_;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/parser.ipp>
#include <acrx/templating/impl/parser_pipeline.ipp>
#endif
#endif
