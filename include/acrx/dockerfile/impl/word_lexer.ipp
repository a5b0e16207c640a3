// Bodies of dockerfile/detail/word_lexer.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_WORD_LEXER_IPP
#define ACRX_DOCKERFILE_IMPL_WORD_LEXER_IPP
#include <acrx/dockerfile/detail/shell_pattern.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/detail/word_lexer.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <utility>

namespace acrx::dockerfile::detail {
[[noreturn]] inline void refuse_word(std::string const& text)
{
    throw parse_error(errc::syntax, {}, text);
}

inline void word_splitter::add(std::string_view character)
{
    if (!is_space(first_code_point(character).value))
        return add_raw(character);
    if (in_word_ && !word_.empty()) {
        words_.push_back(std::exchange(word_, {}));
        in_word_ = false;
    }
}

inline void word_splitter::add_raw(std::string_view text)
{
    word_ += text;
    in_word_ = true;
}

inline void word_splitter::add_split(std::string_view text)
{
    while (!text.empty()) {
        auto const length = first_code_point(text).length;
        add(text.substr(0, length));
        text.remove_prefix(length);
    }
}

inline std::vector<std::string> word_splitter::take()
{
    if (!word_.empty())
        words_.push_back(std::exchange(word_, {}));
    return std::move(words_);
}

ACRX_DECL expansion word_lexer::run()
try {
    result_.text = until(no_stop, mode_.keep_escapes, &words_);
    result_.words = words_.take();
    return std::move(result_);
} catch (parse_error const& e) {
    refuse_word("failed to process " + go_quote(text_) + ": " + e.text());
}

ACRX_DECL std::string_view word_lexer::take()
{
    if (at_end())
        return {};
    auto const character = text_.substr(pos_, first_code_point(text_.substr(pos_)).length);
    pos_ += character.size();
    return character;
}

ACRX_DECL std::string word_lexer::take_name()
{
    auto const start = pos_;
    auto const name = [&] { return std::string(text_.substr(start, pos_ - start)); };
    constexpr std::string_view special = "@*#?-$!0";
    if (!at_end() && is_digit(static_cast<unsigned char>(text_[pos_]))) {
        while (!at_end() && is_digit(static_cast<unsigned char>(text_[pos_])))
            ++pos_;
        return name();
    }
    if (!at_end() && special.find(text_[pos_]) != std::string_view::npos) {
        ++pos_;
        return name();
    }
    while (!at_end()) {
        auto const c = first_code_point(text_.substr(pos_));
        if (!c.valid || (!is_letter(c.value) && !is_digit(c.value) && c.value != '_'))
            break;
        pos_ += c.length;
    }
    return name();
}

ACRX_DECL std::optional<std::string> word_lexer::value_of(std::string const& name)
{
    auto value = lookup_ ? lookup_(name) : std::nullopt;
    (value ? result_.used : result_.undefined).insert(name);
    return value;
}

/// Reads up to `stop` and eats it, or to the end if there is none. @param words may be null
ACRX_DECL std::string word_lexer::until(char stop, bool keep_escapes, word_splitter* words)
{
    if (++depth_ > deepest)
        refuse_word("syntax error: substitutions are nested too deeply");
    auto const kept_before = std::exchange(mode_.keep_escapes, keep_escapes);
    std::string result;
    auto const add = [&](std::string_view text, void (word_splitter::*how)(std::string_view)) {
        result += text;
        if (words)
            (words->*how)(text);
    };
    bool stopped = stop == no_stop;
    while (!at_end()) {
        char const c = text_[pos_];
        if (stop != no_stop && c == stop) {
            ++pos_;
            stopped = true;
            break;
        }
        if (c == '$') {
            add(dollar(), &word_splitter::add_split);
        } else if (c == '\'' && !mode_.quotes_are_text) {
            add(single_quoted(), &word_splitter::add_raw);
        } else if (c == '"' && !mode_.quotes_are_text) {
            add(double_quoted(), &word_splitter::add_raw);
        } else if (c == '<' && !mode_.quotes_are_text) {
            add(possible_heredoc(), &word_splitter::add_raw);
        } else if (c == mode_.escape) {
            auto const escape = take();
            if (keep_escapes)
                add(escape, &word_splitter::add_raw);
            if (!at_end())
                add(take(), &word_splitter::add_raw);
        } else {
            add(take(), &word_splitter::add);
        }
    }
    if (!stopped)
        refuse_word(std::string("unexpected end of statement while looking for matching ") + stop);
    mode_.keep_escapes = kept_before;
    --depth_;
    return result;
}

/// As `until`, but names what is missing when the text ends early.
ACRX_DECL std::string word_lexer::nested_until(char stop, bool keep_escapes, char const* missing)
try {
    words_.forget_word();  // as BuildKit does: `80${X:-81}` is the text 8081, but the word 81
    return until(stop, keep_escapes, nullptr);
} catch (parse_error const&) {
    if (at_end() && depth_ <= deepest)
        refuse_word(missing);
    throw;
}

ACRX_DECL std::string word_lexer::single_quoted()
{
    auto const end = text_.find('\'', pos_ + 1);
    if (end == std::string_view::npos) {
        pos_ = text_.size();
        refuse_word("unexpected end of statement while looking for matching single-quote");
    }
    auto const quoted = text_.substr(pos_, end + 1 - pos_);
    pos_ = end + 1;
    return std::string(mode_.keep_quotes ? quoted : quoted.substr(1, quoted.size() - 2));
}

ACRX_DECL std::string word_lexer::double_quoted()
{
    std::string result(mode_.keep_quotes ? "\"" : "");
    for (++pos_; !at_end();) {
        if (next_is('"')) {
            ++pos_;
            return mode_.keep_quotes ? result + '"' : result;
        }
        if (next_is('$')) {
            result += dollar();
            continue;
        }
        auto const character = take();
        if (character[0] != mode_.escape) {
            result += character;
            continue;
        }
        if (mode_.keep_escapes)
            result += character;
        if (next_is('"') || next_is('$') || next_is(mode_.escape))
            result += take();
        else
            result += character;
    }
    refuse_word("unexpected end of statement while looking for matching double-quote");
}

// `<<` and the blanks after it belong to one word, so that `<< NAME` is found as a heredoc.
ACRX_DECL std::string word_lexer::possible_heredoc()
{
    auto const start = pos_++;
    if (next_is('<')) {
        ++pos_;
        while (next_is(' ') || next_is('\t'))
            ++pos_;
    }
    return std::string(text_.substr(start, pos_ - start));
}

ACRX_DECL std::string word_lexer::dollar()
{
    ++pos_;
    if (next_is('{')) {
        ++pos_;
        return braced();
    }
    auto const name = take_name();
    if (name.empty())
        return "$";
    auto const value = value_of(name);
    return !value && mode_.keep_unset ? "$" + name : value.value_or("");
}

ACRX_DECL std::string word_lexer::braced()
{
    if (at_end())
        refuse_word("syntax error: missing '}'");
    if (next_is('{') || next_is('}') || next_is(':'))
        refuse_word("syntax error: bad substitution");
    auto const name = take_name();
    std::string modifier(take());
    if (modifier == "}") {
        auto const value = value_of(name);
        return !value && mode_.keep_unset ? "${" + name + "}" : value.value_or("");
    }
    if (modifier == "/")
        return with_replacement(name);
    constexpr std::string_view with_words = ":+-?#%";
    if (modifier.empty() || with_words.find(modifier[0]) == std::string_view::npos)
        refuse_word("unsupported modifier (" + (modifier.empty() ? "\xef\xbf\xbd" : modifier) + ") in substitution");
    if (modifier == ":")
        modifier += take();
    return with_word(name, modifier);
}

ACRX_DECL std::string word_lexer::with_word(std::string const& name, std::string const& modifier)
{
    bool const colon = modifier[0] == ':';
    char const action = modifier == ":" || modifier.size() > (colon ? 2U : 1U) ? '\0' : modifier.back();
    bool const pattern = action == '#' || action == '%';
    auto word = nested_until('}', pattern, "syntax error: missing '}'");
    auto const value = value_of(name);
    if (!value && mode_.keep_unset)
        return "${" + name + modifier + word + "}";
    bool const missing = !value || (colon && value->empty());
    if (action == '-')
        return missing ? word : *value;
    if (action == '+')
        return missing ? "" : word;
    if (action == '?') {
        if (missing)
            refuse_word(name + ": " + (!word.empty() ? word : value ? "is not allowed to be empty"
                                                                    : "is not allowed to be unset"));
        return *value;
    }
    if (!pattern || colon)
        refuse_word("unsupported modifier (" + modifier + ") in substitution");
    auto reach = shell_pattern::reach::shortest;
    if (word.starts_with(action)) {
        reach = shell_pattern::reach::longest;
        word.erase(0, 1);
    }
    shell_pattern const compiled(word);
    return action == '#' ? compiled.without_prefix(value.value_or(""), reach)
                         : compiled.without_suffix(value.value_or(""), reach);
}

ACRX_DECL std::string word_lexer::with_replacement(std::string const& name)
{
    bool const all = next_is('/');
    if (all)
        ++pos_;
    auto const pattern = nested_until('/', true, "syntax error: missing '/' in ${}");
    auto const by = nested_until('}', true, "syntax error: missing '}'");
    auto const value = value_of(name);
    if (!value && mode_.keep_unset)
        return "${" + name + "/" + pattern + "/" + by + "}";
    return shell_pattern(pattern).replaced(value.value_or(""), by, all);
}
}  // namespace acrx::dockerfile::detail
#endif
