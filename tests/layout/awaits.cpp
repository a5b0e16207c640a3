// The rule "one await, one statement": g++ 12 makes wrong code of what it finds here.
#include <layout/rules.hpp>

#include <cctype>
#include <optional>
#include <string_view>

namespace acrx::testing {
namespace {
using std::size_t;
constexpr auto npos = std::string_view::npos;

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The offset of the bracket that closes the one at `open`.
size_t closing(std::string_view code, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; i < code.size(); ++i) {
        if (std::string_view("([{").find(code[i]) != npos)
            ++depth;
        else if (std::string_view(")]}").find(code[i]) != npos && --depth == 0)
            return i;
    }
    return code.size();
}

/// The offset of the innermost `(` that is open at `at`, without leaving the block.
std::optional<size_t> enclosing_paren(std::string_view code, size_t at)
{
    size_t depth = 0;
    while (at-- > 0) {
        if (code[at] == ')' || code[at] == '}' || code[at] == ']')
            ++depth;
        else if (code[at] == '(' || code[at] == '{' || code[at] == '[') {
            if (depth == 0)
                return code[at] == '(' ? std::optional(at) : std::nullopt;
            --depth;
        }
    }
    return std::nullopt;
}

std::string_view word_before(std::string_view code, size_t at)
{
    while (at > 0 && std::isspace(static_cast<unsigned char>(code[at - 1])))
        --at;
    auto const end = at;
    while (at > 0 && is_word(code[at - 1]))
        --at;
    return code.substr(at, end - at);
}

size_t count_semicolons(std::string_view code)
{
    size_t n = 0;
    for (size_t i = 0; i < code.size(); ++i) {
        if (std::string_view("([{").find(code[i]) != npos)
            i = closing(code, i);
        else
            n += code[i] == ';';
    }
    return n;
}

/// `if (auto x = co_await f(); x)` and `for (auto& x : co_await f())` are right; in a condition it is wrong.
bool in_condition(std::string_view code, size_t at)
{
    for (auto open = enclosing_paren(code, at); open; open = enclosing_paren(code, *open)) {
        auto const keyword = word_before(code, *open);
        auto const end = closing(code, *open);
        auto const semicolons_after = count_semicolons(code.substr(at, end - at));
        if ((keyword == "if" || keyword == "while" || keyword == "switch") && semicolons_after == 0)
            return true;
        if (keyword == "for" && count_semicolons(code.substr(*open + 1, end - *open - 1)) == 2 && semicolons_after < 2)
            return true;
    }
    return false;
}

bool after_question_mark(std::string_view code, size_t at)
{
    auto const begin = code.find_last_of(";{}", at);
    return code.substr(begin + 1, at - begin - 1).find('?') != npos;
}

bool awaits_again(std::string_view code, size_t after)
{
    return code.substr(after, code.find_first_of(";{}", after) - after).find("co_await") != npos;
}

/// What is made in the awaited expression that must be named before it; empty if nothing is.
std::string_view made_in_call(std::string_view code, size_t i)
{
    char before = ' ';
    for (size_t depth = 0; i < code.size(); ++i) {
        char const c = code[i];
        if (c == '(')
            ++depth;
        else if (c == ')' || c == ']' || c == '}' || (c == ';' && depth == 0)) {
            if (depth == 0)
                return {};
            --depth;
        } else if (c == '{') {
            return "a brace-initialised temporary";
        } else if (c == '[') {
            auto const end = closing(code, i);
            bool const subscript = is_word(before) || before == ')' || before == ']';
            if (!subscript) {
                if (code.substr(i + 1, end - i - 1).find_first_not_of(" \n") != npos)
                    return "a capturing lambda";
                i = closing(code, code.find('{', end));
            } else {
                i = end;
            }
        }
        if (!std::isspace(static_cast<unsigned char>(c)))
            before = code[i];
    }
    return {};
}
}  // namespace

std::vector<finding> check_awaits(source_file const& file)
{
    std::vector<finding> found;
    std::string_view const code = file.code;
    constexpr std::string_view word = "co_await";
    for (auto at = code.find(word); at != npos; at = code.find(word, at + 1)) {
        auto const after = at + word.size();
        auto const line = file.line_at(at);
        auto const report = [&](std::string const& text) { found.push_back({"await", file.path, line, text}); };
        if (in_condition(code, at))
            report("co_await in a condition: give its result a name first");
        if (after_question_mark(code, at))
            report("co_await in a conditional expression: write if and else");
        if (awaits_again(code, after))
            report("two awaits in one statement");
        if (auto const made = made_in_call(code, after); !made.empty())
            report(std::string(made) + " in an awaited call: give it a name first");
    }
    return found;
}
}  // namespace acrx::testing
