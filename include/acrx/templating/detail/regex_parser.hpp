// Reads regular expressions into their syntax tree.
#ifndef ACRX_TEMPLATING_DETAIL_REGEX_PARSER_HPP
#define ACRX_TEMPLATING_DETAIL_REGEX_PARSER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/regex.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::templating::detail {
/// Reads one expression by recursive descent.
class regex_parser
{
public:
    explicit regex_parser(std::string_view expression) : all_(expression), rest_(expression) {}

    regex_tree parse()
    {
        tree_.root = choice();
        if (!rest_.empty())
            fail("unexpected )", all_);
        return std::move(tree_);
    }

private:
    struct flags
    {
        bool fold = false;
        bool multi_line = false;
        bool dot_all = false;
        bool lazy = false;
    };

    [[noreturn]] void fail(std::string_view what, std::string_view where) const
    {
        throw error(errc::syntax, "error parsing regexp: " + std::string(what) + ": `" + std::string(where) + "`");
    }
    bool take(std::string_view text)
    {
        if (!rest_.starts_with(text))
            return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    char32_t take_rune()
    {
        auto const r = first_rune(rest_);
        if (r.is_bad_byte())
            fail("invalid UTF-8", all_);
        rest_.remove_prefix(r.size);
        return r.c;
    }

    regex_node choice();
    regex_node sequence();
    bool repeat(std::vector<regex_node>& parts, std::string_view& last_repeat);
    bool read_counts(int& least, int& most);
    regex_node atom();
    regex_node group();
    bool read_flags();
    void set_flags(std::string_view letters);
    regex_node escape();
    char32_t escaped_character(std::string_view whole);
    void bracket(character_set& set);
    bool class_escape(character_set& set);
    void category_escape(character_set& set, bool negated);
    char32_t class_character(std::string_view whole);
    void add_range(character_set& set, char32_t low, char32_t high) const;
    static regex_node checks(assertion check)
    {
        regex_node node;
        node.kind = regex_kind::asserts;
        node.check = check;
        return node;
    }
    regex_node one(char32_t c)
    {
        regex_node node;
        node.kind = regex_kind::characters;
        add_range(node.set, c, c);
        return node;
    }

    std::string_view all_;
    std::string_view rest_;
    regex_tree tree_;
    flags flags_;
    std::size_t depth_ = 0;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/regex_class.ipp>
#include <acrx/templating/impl/regex_parser.ipp>
#endif
#endif
