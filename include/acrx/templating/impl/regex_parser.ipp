// Bodies of templating/detail/regex_parser.hpp: choices, repetitions and groups.
#ifndef ACRX_TEMPLATING_IMPL_REGEX_PARSER_IPP
#define ACRX_TEMPLATING_IMPL_REGEX_PARSER_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/regex_parser.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace acrx::templating::detail {
ACRX_DECL regex_node regex_parser::choice()
{
    if (++depth_ > 200)
        fail("expression nests too deeply", all_);
    regex_node node;
    node.kind = regex_kind::choice;
    do
        node.parts.push_back(sequence());
    while (take("|"));
    --depth_;
    if (node.parts.size() > 1)
        return node;
    auto only = std::move(node.parts[0]);
    return only;
}

ACRX_DECL regex_node regex_parser::sequence()
{
    regex_node node;
    node.kind = regex_kind::sequence;
    std::string_view last_repeat;  // from the last operator on; empty after an operand
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
        if (repeat(node.parts, last_repeat))
            continue;
        last_repeat = {};
        if (take("\\Q")) {
            auto const end = std::min(rest_.find("\\E"), rest_.size());
            auto literal = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 2, rest_.size()));
            for (; !literal.empty(); literal.remove_prefix(first_rune(literal).size))
                node.parts.push_back(one(first_rune(literal).c));
            continue;
        }
        if (rest_.starts_with("(?") && read_flags())
            continue;
        node.parts.push_back(atom());
    }
    return node;
}

/// Reads `{2,5}` after its brace; false if it is none, and then it stands for itself.
ACRX_DECL bool regex_parser::read_counts(int& least, int& most)
{
    auto const number = [this](int& n) {
        auto const digits = rest_.substr(0, std::min(rest_.find_first_not_of("0123456789"), rest_.size()));
        if (digits.empty() || (digits.size() > 1 && digits[0] == '0'))
            return false;
        n = digits.size() > 4 ? 10000 : std::stoi(std::string(digits));
        rest_.remove_prefix(digits.size());
        return true;
    };
    if (!number(least))
        return false;
    most = least;
    if (take(",")) {
        most = -1;
        if (!rest_.starts_with('}') && !number(most))
            return false;
    }
    return take("}");
}

ACRX_DECL bool regex_parser::repeat(std::vector<regex_node>& parts, std::string_view& last_repeat)
{
    auto const before = rest_;
    int least = 0;
    int most = -1;
    if (take("{")) {
        if (!read_counts(least, most)) {
            rest_ = before.substr(1);
            parts.push_back(one('{'));
            last_repeat = {};
            return true;
        }
        auto const written = before.substr(0, before.size() - rest_.size());
        if (least > 1000 || most > 1000 || (most >= 0 && least > most))
            fail("invalid repeat count", written);
    } else if (take("+")) {
        least = 1;
    } else if (take("?")) {
        most = 1;
    } else if (!take("*")) {
        return false;
    }
    auto greedy = !flags_.lazy;
    if (take("?"))
        greedy = !greedy;
    auto const written = before.substr(0, before.size() - rest_.size());
    if (!last_repeat.empty())
        fail("invalid nested repetition operator", last_repeat.substr(0, last_repeat.size() - rest_.size()));
    if (parts.empty())
        fail("missing argument to repetition operator", written);
    regex_node node;
    node.kind = regex_kind::repetition;
    node.least = least;
    node.most = most;
    node.greedy = greedy;
    node.parts.push_back(std::move(parts.back()));
    parts.back() = std::move(node);
    last_repeat = before;
    return true;
}

/// Letters after a dash are switched off.
ACRX_DECL void regex_parser::set_flags(std::string_view letters)
{
    auto on = true;
    for (char const c : letters)
        switch (c) {
        case 'i': flags_.fold = on; break;
        case 'm': flags_.multi_line = on; break;
        case 's': flags_.dot_all = on; break;
        case 'U': flags_.lazy = on; break;
        default: on = false;
        }
}

/// Reads `(?i)`; false if it is the start of a group.
ACRX_DECL bool regex_parser::read_flags()
{
    auto const end = rest_.find_first_of(":)", 2);
    auto const letters = rest_.substr(2, end == rest_.npos ? 0 : end - 2);
    if (letters.empty() || rest_[end] != ')' || letters.find_first_not_of("imsU-") != letters.npos)
        return false;
    set_flags(letters);
    rest_.remove_prefix(end + 1);
    return true;
}

ACRX_DECL regex_node regex_parser::group()
{
    auto const start = rest_;
    auto const outer = flags_;
    regex_node node;
    node.kind = regex_kind::group;
    rest_.remove_prefix(1);
    if (take("?P<") || take("?<")) {
        auto const end = rest_.find('>');
        auto const name = rest_.substr(0, std::min(end, rest_.size()));
        if (start[2] == '<' && (name.starts_with('=') || name.starts_with('!')))
            fail("invalid or unsupported Perl syntax", start.substr(0, 4));
        auto const good = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            auto const byte = static_cast<unsigned char>(c);
            return byte < 0x80 && (is_letter(byte) || is_digit(byte) || c == '_');
        });
        if (end == rest_.npos || !good)
            fail("invalid named capture", start.substr(0, std::min(start.find('>'), start.size() - 1) + 1));
        if (std::find(tree_.groups.begin(), tree_.groups.end(), name) != tree_.groups.end())
            fail("duplicate capture group name", name);
        tree_.groups.emplace_back(name);
        rest_.remove_prefix(end + 1);
        node.group = tree_.groups.size() - 1;
    } else if (take("?")) {
        auto const end = std::min(rest_.find(':'), rest_.size());
        auto const letters = rest_.substr(0, end);
        if (end == rest_.size() || letters.find_first_not_of("imsU-") != letters.npos)
            fail(rest_.empty() ? "missing argument to repetition operator" : "invalid or unsupported Perl syntax",
                 start.substr(0, std::min<std::size_t>(3, start.size())));
        set_flags(letters);
        rest_.remove_prefix(end + 1);
    } else {
        tree_.groups.emplace_back();
        node.group = tree_.groups.size() - 1;
    }
    node.parts.push_back(choice());
    if (!take(")"))
        fail("missing closing )", all_);
    flags_ = outer;
    if (node.group == 0)
        node.kind = regex_kind::sequence;
    return node;
}

ACRX_DECL regex_node regex_parser::atom()
{
    switch (rest_[0]) {
    case '(': return group();
    case '\\': return escape();
    case '^': take("^"); return checks(flags_.multi_line ? assertion::line_start : assertion::text_start);
    case '$': take("$"); return checks(flags_.multi_line ? assertion::line_end : assertion::text_end);
    default: break;
    }
    regex_node node;
    node.kind = regex_kind::characters;
    if (rest_[0] == '[') {
        bracket(node.set);
    } else if (take(".")) {
        node.set.negated = true;
        if (!flags_.dot_all)
            node.set.ranges.emplace_back('\n', '\n');
    } else {
        auto const c = take_rune();
        add_range(node.set, c, c);
    }
    return node;
}

ACRX_DECL regex_node regex_parser::escape()
{
    if (rest_.size() < 2)
        fail("trailing backslash at end of expression", "");
    constexpr std::string_view checked = "AzbB";
    if (auto const i = checked.find(rest_[1]); i != checked.npos) {
        rest_.remove_prefix(2);
        static constexpr std::array<assertion, 4> all{assertion::text_start, assertion::text_end,
                                                      assertion::word_boundary, assertion::no_word_boundary};
        return checks(all[i]);
    }
    regex_node node;
    node.kind = regex_kind::characters;
    if (class_escape(node.set))
        return node;
    return one(escaped_character(rest_));
}

ACRX_DECL regex_tree parse_regex(std::string_view expression)
{
    return regex_parser(expression).parse();
}
}  // namespace acrx::templating::detail
#endif
