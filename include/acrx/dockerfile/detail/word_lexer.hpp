// The one reader of words with quotes, escapes and variables.
#ifndef ACRX_DOCKERFILE_DETAIL_WORD_LEXER_HPP
#define ACRX_DOCKERFILE_DETAIL_WORD_LEXER_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/expansion.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
struct lexer_mode
{
    char escape = '\\';
    bool quotes_are_text = false;
    bool keep_quotes = false;
    bool keep_escapes = false;
    bool keep_unset = false;  ///< a variable without value stays as it is written
};

/// Text being split at blanks while it is made.
class word_splitter
{
public:
    void add(std::string_view character);    ///< one code point, a blank ends the word
    void add_raw(std::string_view text);     ///< blanks are part of the word
    void add_split(std::string_view text);
    void forget_word() noexcept { word_.clear(); }
    std::vector<std::string> take();

private:
    std::string word_;
    std::vector<std::string> words_;
    bool in_word_ = false;
};

class word_lexer
{
public:
    word_lexer(std::string_view text, variable_lookup const& lookup, lexer_mode mode)
        : text_(text), lookup_(lookup), mode_(mode)
    {}

    /// @throws parse_error without a place
    ACRX_DECL expansion run();

private:
    static constexpr int deepest = 200;
    static constexpr char no_stop = '\0';

    bool at_end() const noexcept { return pos_ == text_.size(); }
    bool next_is(char c) const noexcept { return !at_end() && text_[pos_] == c; }
    ACRX_DECL std::string_view take();
    ACRX_DECL std::string take_name();
    ACRX_DECL std::optional<std::string> value_of(std::string const& name);

    ACRX_DECL std::string until(char stop, bool keep_escapes, word_splitter* words);
    ACRX_DECL std::string nested_until(char stop, bool keep_escapes, char const* missing);
    ACRX_DECL std::string single_quoted();
    ACRX_DECL std::string double_quoted();
    ACRX_DECL std::string possible_heredoc();
    ACRX_DECL std::string dollar();
    ACRX_DECL std::string braced();
    ACRX_DECL std::string with_word(std::string const& name, std::string const& modifier);
    ACRX_DECL std::string with_replacement(std::string const& name);

    std::string_view text_;
    std::size_t pos_ = 0;
    variable_lookup const& lookup_;
    lexer_mode mode_;
    int depth_ = 0;
    word_splitter words_;
    expansion result_;
};
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/word_lexer.ipp>
#endif
#endif
