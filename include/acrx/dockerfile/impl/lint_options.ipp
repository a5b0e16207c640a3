// Bodies of dockerfile/lint_options.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_LINT_OPTIONS_IPP
#define ACRX_DOCKERFILE_IMPL_LINT_OPTIONS_IPP
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/lint_options.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <array>

namespace acrx::dockerfile {
namespace detail {
/// Calls `use` for each part of `text`, trimmed.
template<class Use>
void for_each_part(std::string_view text, char separator, Use use)
{
    for (bool more = true; more;) {
        auto const end = std::min(text.find(separator), text.size());
        use(trim(text.substr(0, end)));
        more = end < text.size();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

inline void read_rules(std::string_view value, bool& all, std::set<std::string, std::less<>>& names)
{
    if (value == "all")
        all = true;
    else
        for_each_part(value, ',', [&](std::string_view name) { names.emplace(name); });
}

inline bool read_truth(std::string_view option, std::string_view value)
{
    constexpr std::array<std::string_view, 12> words{"1", "t", "T", "true", "True", "TRUE",
                                                     "0", "f", "F", "false", "False", "FALSE"};
    auto const found = std::find(words.begin(), words.end(), value);
    if (found == words.end())
        throw parse_error(errc::syntax, {},
                          "failed to parse check options: failed to parse check option " + go_quote(option)
                              + ": invalid syntax",
                          "Write error=true or error=false.");
    return found - words.begin() < 6;
}

inline void read_option(std::string_view option, lint_options& options)
{
    auto const equals = option.find('=');
    auto const name = trim(option.substr(0, equals));
    auto const value = equals == std::string_view::npos ? option : trim(option.substr(equals + 1));
    if (equals != std::string_view::npos && name == "skip")
        read_rules(value, options.skip_all, options.skipped);
    else if (equals != std::string_view::npos && name == "experimental")
        read_rules(value, options.all_experimental, options.experimental);
    else if (equals != std::string_view::npos && name == "error")
        options.fail = read_truth(option, value);
    else
        throw parse_error(errc::syntax, {}, "failed to parse check options: invalid check option " + go_quote(name),
                          "Write skip=RULE,RULE;error=true;experimental=RULE, each part as needed.");
}
}  // namespace detail

ACRX_DECL bool lint_options::wants(lint_rule rule) const
{
    auto const& about = text_of(rule);
    bool const asked = about.experimental ? all_experimental || experimental.contains(about.name) : !skip_all;
    return asked && !skipped.contains(about.name);
}

ACRX_DECL void lint_options::add(lint_options const& other)
{
    skip_all = skip_all || other.skip_all;
    skipped.insert(other.skipped.begin(), other.skipped.end());
    all_experimental = all_experimental || other.all_experimental;
    experimental.insert(other.experimental.begin(), other.experimental.end());
}

ACRX_DECL lint_options parse_lint_options(std::string_view text)
{
    lint_options options;
    text = detail::trim(text);
    if (!text.empty())
        detail::for_each_part(text, ';', [&](std::string_view option) { detail::read_option(option, options); });
    return options;
}
}  // namespace acrx::dockerfile
#endif
