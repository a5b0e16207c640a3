// Bodies of dockerfile/detail/node_reader.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_NODE_READER_IPP
#define ACRX_DOCKERFILE_IMPL_NODE_READER_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/node_reader.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/detail/word_lexer.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace acrx::dockerfile::detail {
/// Eats the flags in front of `rest`; quotes go, the escape character keeps the next character.
inline std::vector<std::string> take_flags(std::string_view& rest, char escape)
{
    std::vector<std::string> flags;
    for (;;) {
        rest = trim_left(rest);
        if (!rest.starts_with("--"))
            return flags;
        std::string word;
        char quote = 0;
        std::size_t i = 0;
        for (; i < rest.size(); ++i) {
            char const c = rest[i];
            if (c == escape) {
                if (i + 1 < rest.size())
                    word += rest[++i];
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote != 0 ? '\0' : c;
            } else if (quote == 0 && (is_blank(c) || c == '\n')) {
                break;
            } else {
                word += c;
            }
        }
        rest.remove_prefix(i);
        if (word == "--")
            return flags;
        flags.push_back(std::move(word));
    }
}

/// Words separated by blanks outside quotes; quotes and escapes stay in the words.
inline std::vector<std::string> quoted_words(std::string_view text, char escape)
{
    std::vector<std::string> words;
    for (text = trim_left(text); !text.empty(); text = trim_left(text)) {
        std::string word;
        bool had_quote = false;
        char quote = 0;
        while (!text.empty()) {
            auto const c = first_code_point(text);
            if (quote == 0 && is_space(c.value))
                break;
            auto const character = text.substr(0, c.length);
            text.remove_prefix(c.length);
            if (character[0] == escape && quote != '\'') {
                if (text.empty())
                    break;  // an escape at the very end protects nothing
                word += character;
                auto const next = text.substr(0, first_code_point(text).length);
                word += next;
                text.remove_prefix(next.size());
                continue;
            }
            if (quote != 0 && character[0] == quote) {
                quote = 0;
            } else if (quote == 0 && (character[0] == '\'' || character[0] == '"')) {
                quote = character[0];
                had_quote = true;
            }
            word += character;
        }
        if (had_quote || !word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

inline std::vector<std::string> name_values(std::string_view rest, std::string const& keyword, char escape)
{
    auto const words = quoted_words(rest, escape);
    if (words.empty())
        return {};
    if (words.front().find('=') == std::string::npos) {
        std::size_t blank = 0;
        while (blank < rest.size() && !is_blank(rest[blank]))
            ++blank;
        if (blank == rest.size())
            throw parse_error(errc::syntax, {}, to_upper(keyword) + " must have two arguments");
        auto value = blank;
        while (value < rest.size() && is_blank(rest[value]))
            ++value;
        return {std::string(rest.substr(0, blank)), std::string(rest.substr(value)), ""};
    }
    std::vector<std::string> triples;
    for (auto const& word : words) {
        auto const equals = word.find('=');
        if (equals == std::string::npos)
            throw parse_error(errc::syntax, {}, "Syntax error - can't find = in " + go_quote(word)
                                                    + ". Must be of the form: name=value");
        triples.push_back(word.substr(0, equals));
        triples.push_back(word.substr(equals + 1));
        triples.push_back("=");
    }
    return triples;
}

/// The strings of a JSON array; empty if `rest` is none. @throws parse_error if other things are in it
inline std::optional<std::vector<std::string>> json_words(std::string_view rest)
{
    if (!rest.starts_with('['))
        return {};
    boost::json::parse_options options;
    options.max_depth = 1000;
    boost::system::error_code failure;
    auto const value = boost::json::parse({rest.data(), rest.size()}, failure, {}, options);
    if (failure || !value.is_array())
        return {};
    std::vector<std::string> words;
    for (auto const& element : value.get_array()) {
        if (!element.is_string())
            throw parse_error(errc::syntax, {},
                              "when using JSON array syntax, arrays must be comprised of strings only");
        words.emplace_back(element.get_string().c_str(), element.get_string().size());
    }
    return words;
}

enum class shape { text, json_or_text, json_or_words, words, quoted_words, name_values, healthcheck, nested };

inline std::optional<shape> shape_of(std::string_view keyword)
{
    using entry = std::pair<std::string_view, shape>;
    static constexpr std::array<entry, 18> shapes{
        entry{"run", shape::json_or_text}, {"copy", shape::json_or_words}, {"env", shape::name_values},
        {"from", shape::words}, {"arg", shape::quoted_words}, {"workdir", shape::text}, {"cmd", shape::json_or_text},
        {"entrypoint", shape::json_or_text}, {"label", shape::name_values}, {"expose", shape::words},
        {"user", shape::text}, {"add", shape::json_or_words}, {"volume", shape::json_or_words},
        {"shell", shape::json_or_text}, {"healthcheck", shape::healthcheck}, {"stopsignal", shape::text},
        {"onbuild", shape::nested}, {"maintainer", shape::text}};
    for (auto const& [name, form] : shapes)
        if (name == keyword)
            return form;
    return {};
}

inline void read_arguments(syntax_node& node, std::string_view rest, char escape, int depth)
{
    auto const form = shape_of(node.keyword);
    if (!form) {
        node.arguments.emplace_back();  // what follows an unknown keyword has no shape
        return;
    }
    if (rest.empty())
        return;
    switch (*form) {
    case shape::text: node.arguments.emplace_back(rest); return;
    case shape::words: node.arguments = split_blanks(rest); return;
    case shape::quoted_words: node.arguments = quoted_words(rest, escape); return;
    case shape::name_values: node.arguments = name_values(rest, node.keyword, escape); return;
    case shape::nested: node.nested.push_back(read_node(rest, escape, depth + 1)); return;
    case shape::healthcheck: {
        auto const end = std::min(rest.find_first_of(" \t\v\f\r\n"), rest.size());
        node.arguments.emplace_back(rest.substr(0, end));
        rest = trim_left(rest.substr(end));
        break;
    }
    case shape::json_or_text:
    case shape::json_or_words: break;
    }
    if (auto words = json_words(rest)) {
        node.json_form = true;
        std::move(words->begin(), words->end(), std::back_inserter(node.arguments));
    } else if (*form == shape::json_or_words) {
        node.arguments = split_blanks(rest);
    } else if (!rest.empty()) {
        node.arguments.emplace_back(rest);
    }
}

ACRX_DECL syntax_node read_node(std::string_view line, char escape, int depth)
{
    constexpr int deepest = 8;
    if (depth > deepest)
        throw parse_error(errc::syntax, {}, "ONBUILD is nested too deeply");
    syntax_node node;
    line = trim(line);
    std::size_t end = 0;
    while (end < line.size() && !is_blank(line[end]))
        ++end;
    auto rest = trim_left(line.substr(end));
    node.spelling = line.substr(0, end);
    node.keyword = ascii_lower(node.spelling);
    node.original = line;
    node.rest = rest;
    node.flags = take_flags(rest, escape);
    read_arguments(node, trim(rest), escape, depth);
    return node;
}

ACRX_DECL std::optional<heredoc> heredoc_from(std::string_view word)
{
    std::size_t digits = 0;
    while (digits < word.size() && is_digit(static_cast<unsigned char>(word[digits])))
        ++digits;
    auto name = word.substr(digits);
    if (!name.starts_with("<<"))
        return {};
    name.remove_prefix(2);
    heredoc document;
    document.strip_tabs = name.starts_with('-');
    name.remove_prefix(document.strip_tabs ? 1 : 0);
    if (name.empty() || name.find('<') != std::string_view::npos)
        return {};
    std::from_chars(word.data(), word.data() + digits, document.file_descriptor);

    lexer_mode mode;
    mode.keep_unset = true;
    auto const words = word_lexer(name, {}, mode).run().words;
    if (words.size() != 1)
        return {};
    mode.keep_quotes = mode.keep_escapes = true;
    auto const as_written = word_lexer(name, {}, mode).run().words;
    document.name = words.front();
    document.expand = as_written.size() == 1 && as_written.front() == words.front();
    return document;
}

ACRX_DECL std::vector<heredoc> announced_heredocs(syntax_node const& node)
{
    auto const& inner = node.keyword == "onbuild" && !node.nested.empty() ? node.nested.front() : node;
    bool const takes_them = inner.keyword == "run" || inner.keyword == "copy" || inner.keyword == "add";
    if (!takes_them || inner.json_form || node.original.find("<<") == std::string::npos)
        return {};
    lexer_mode mode;
    mode.keep_quotes = mode.keep_escapes = mode.keep_unset = true;
    std::vector<std::string> words;
    try {
        words = word_lexer(node.original, {}, mode).run().words;
    } catch (parse_error const&) {
        return {};  // not the words of a shell that we know: then the text is left to the shell
    }
    std::vector<heredoc> documents;
    for (auto const& word : words)
        if (auto document = heredoc_from(word))
            documents.push_back(std::move(*document));
    return documents;
}
}  // namespace acrx::dockerfile::detail
#endif
