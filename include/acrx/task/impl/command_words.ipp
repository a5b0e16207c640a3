// Bodies of task/command_words.hpp.
#ifndef ACRX_TASK_IMPL_COMMAND_WORDS_IPP
#define ACRX_TASK_IMPL_COMMAND_WORDS_IPP
#include <acrx/core/error.hpp>
#include <acrx/task/command_words.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace acrx {
namespace detail {
/// Goes through a text and takes its quotes away.
class word_reader
{
public:
    explicit word_reader(std::string_view text) : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }
    char peek(std::size_t n = 0) const noexcept { return n < rest_.size() ? rest_[n] : '\0'; }
    char take() noexcept
    {
        auto const c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    void skip_comment() noexcept { rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size())); }

    /// Takes one quoted part, or one character. @return whether quotes pair
    bool take_part(std::string& into)
    {
        switch (auto const c = take(); c) {
        case '\'': return single_quoted(into);
        case '"': return double_quoted(into);
        case '\\': escaped(into); return true;
        default: into += c; return true;
        }
    }

private:
    bool single_quoted(std::string& into)
    {
        auto const end = rest_.find('\'');
        into += rest_.substr(0, end);
        rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
        return end != std::string_view::npos;
    }

    bool double_quoted(std::string& into)
    {
        while (!at_end()) {
            auto const c = take();
            if (c == '"')
                return true;
            if (c != '\\' || std::string_view("\"\\$`\n").find(peek()) == std::string_view::npos || at_end())
                into += c;
            else if (auto const next = take(); next != '\n')
                into += next;
        }
        return false;
    }

    void escaped(std::string& into)
    {
        if (at_end())
            into += '\\';
        else if (auto const next = take(); next != '\n')
            into += next;
    }

    std::string_view rest_;
};

[[noreturn]] inline void refuse_shell(std::string const& what)
{
    throw error(errc::not_supported, what + " outside quotes needs a shell, and no shell reads this command",
                "To run it in the container, write: IMAGE sh -c '...'; to pass it on as it is, quote it.");
}

/// Refuses what means something to a shell.
inline void check_for_operators(word_reader const& reader)
{
    auto const c = reader.peek();
    if (std::string_view("|&;<>()").find(c) != std::string_view::npos)
        refuse_shell(std::string("'") + c + "'");
    if (c == '`' || (c == '$' && reader.peek(1) == '('))
        refuse_shell(c == '`' ? "a backquote" : "'$('");
}
}  // namespace detail

ACRX_DECL std::vector<std::string> split_command(std::string_view text, line_feed feed)
{
    detail::word_reader reader(text);
    std::vector<std::string> words;
    std::optional<std::string> word;
    bool ended = false;
    auto const end_word = [&] {
        if (word)
            words.push_back(std::move(*word));
        word.reset();
    };
    while (!reader.at_end()) {
        auto const c = reader.peek();
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            end_word();
            ended = ended || (c == '\n' && feed == line_feed::ends_command && !words.empty());
            reader.take();
            continue;
        }
        if (c == '#' && !word) {
            reader.skip_comment();
            continue;
        }
        if (c == '\\' && reader.peek(1) == '\n') {
            reader.take();
            reader.take();
            continue;
        }
        if (ended)
            throw error(errc::not_supported, "a step runs one command, and another one begins after the first line",
                        "Begin the text with '>' or '>-' instead of '|' to join its lines, or write sh -c '...'.");
        detail::check_for_operators(reader);
        if (!word)
            word.emplace();
        if (!reader.take_part(*word))
            throw error(errc::syntax, std::string("the quote ") + c + " is not closed",
                        "Close it, or write \\" + std::string(1, c) + " for the character itself.");
    }
    end_word();
    return words;
}

ACRX_DECL std::string unquote_setting(std::string_view item)
{
    auto const equals = item.find('=');
    if (equals == item.npos)
        return std::string(item);
    auto const value = item.substr(equals + 1);
    std::string plain(item.substr(0, equals + 1));
    bool pairs = true;
    for (detail::word_reader reader(value); pairs && !reader.at_end();)
        pairs = reader.take_part(plain);
    if (pairs)
        return plain;
    if (value.size() > 1 && value.front() == value.back() && (value.front() == '\'' || value.front() == '"'))
        return std::string(item.substr(0, equals + 1)) + std::string(value.substr(1, value.size() - 2));
    return std::string(item);
}
}  // namespace acrx
#endif
