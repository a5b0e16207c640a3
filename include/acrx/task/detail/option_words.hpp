// Reads words as options and arguments, by tables of what each option does to a value.
#ifndef ACRX_TASK_DETAIL_OPTION_WORDS_HPP
#define ACRX_TASK_DETAIL_OPTION_WORDS_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// What an option takes.
enum class option_form
{
    value,          ///< `--name VALUE`, `--name=VALUE`, `-n VALUE`, `-nVALUE`, `-n=VALUE`
    flag,           ///< `--name`, `--name=true`, `-n`
    ignored_value,  ///< as these two, and it changes nothing
    ignored_flag,
    refused,  ///< it is known, and has no place here
};

/// Adds the parts of `value` between commas; empty ones are left out.
ACRX_DECL void add_parts(std::string_view value, std::vector<std::string>& into);

/// Refuses an image name with an alias that was not expanded. @param prefix  of the message
/// @throws error (`errc::invalid_argument`)
ACRX_DECL void check_image_name(std::string const& name, std::string const& prefix);

/// One option. `read` is given the value, for a flag `true` or `false`; it is null for options that are ignored or
/// refused. `why` is the advice of a refused one.
template<class T>
struct option_row
{
    std::string_view names;  ///< `--file -f`
    option_form form;
    void (*read)(T&, std::string const&) = nullptr;
    std::string_view why = {};

    /// Adds each value to a list.
    template<std::vector<std::string> T::*List>
    static constexpr option_row adds(std::string_view names)
    {
        return {names, option_form::value, [](T& into, std::string const& v) { (into.*List).push_back(v); }};
    }
    /// Adds the parts of each value between commas.
    template<std::vector<std::string> T::*List>
    static constexpr option_row adds_parts(std::string_view names)
    {
        return {names, option_form::value, [](T& into, std::string const& v) { add_parts(v, into.*List); }};
    }
    template<std::string T::*Member>
    static constexpr option_row sets(std::string_view names)
    {
        return {names, option_form::value, [](T& into, std::string const& v) { into.*Member = v; }};
    }
    template<bool T::*Member>
    static constexpr option_row turns_on(std::string_view names)
    {
        return {names, option_form::flag, [](T& into, std::string const& v) { into.*Member = v == "true"; }};
    }
    static constexpr option_row ignores_flag(std::string_view names) { return {names, option_form::ignored_flag}; }
    static constexpr option_row ignores(std::string_view names) { return {names, option_form::ignored_value}; }
    static constexpr option_row refuses(std::string_view names, std::string_view why)
    {
        return {names, option_form::refused, nullptr, why};
    }
};

/// The same without its type.
struct option_handler
{
    std::string_view names;
    option_form form;
    std::string_view why;
    std::function<void(std::string const&)> read;
};

/// How a command is called, and where its options end.
struct option_grammar
{
    std::string_view command;          ///< for messages: `docker build`
    bool first_argument_ends_options;  ///< `docker run`: what follows the image belongs to its command
};

/// What is left when the options are read.
struct read_words
{
    std::vector<std::string> arguments;
    std::vector<std::string> ignored;  ///< options that change nothing, each once
};

/// @throws error (`errc::invalid_argument`) for unknown options and missing values, (`errc::not_supported`) for refused
///         ones
ACRX_DECL read_words read_option_words(std::vector<std::string> const& words, option_grammar grammar,
                                       std::vector<option_handler> const& options);

template<class T, std::size_t Size>
read_words read_option_words(std::vector<std::string> const& words, option_grammar grammar,
                             option_row<T> const (&rows)[Size], T& into)
{
    std::vector<option_handler> handlers;
    for (auto const& row : rows)
        handlers.push_back({row.names, row.form, row.why, [&into, &row](std::string const& v) {
                                if (row.read != nullptr)
                                    row.read(into, v);
                            }});
    return read_option_words(words, grammar, handlers);
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/option_words.ipp>
#endif
#endif
