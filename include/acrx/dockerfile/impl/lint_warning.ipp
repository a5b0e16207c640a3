// Bodies of dockerfile/lint_warning.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_LINT_WARNING_IPP
#define ACRX_DOCKERFILE_IMPL_LINT_WARNING_IPP
#include <acrx/dockerfile/lint_warning.hpp>

#include <algorithm>

namespace acrx::dockerfile {
namespace detail {
constexpr bool rules_stand_in_order()
{
    for (std::size_t i = 0; i < lint_rules.size(); ++i)
        if (static_cast<std::size_t>(lint_rules[i].rule) != i)
            return false;
    return true;
}
static_assert(rules_stand_in_order());
}  // namespace detail

ACRX_DECL std::string url_of(lint_rule rule)
{
    auto const is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    auto const name = text_of(rule).name;
    std::string words;
    for (std::size_t i = 0; i < name.size(); ++i) {
        // A word begins with a capital that stands beside a small letter: JSONArgs is json-args.
        bool const beside_small = i > 0 && (!is_upper(name[i - 1]) || (i + 1 < name.size() && !is_upper(name[i + 1])));
        if (is_upper(name[i]) && beside_small)
            words += '-';
        words += is_upper(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
    return "https://docs.docker.com/go/dockerfile/rule/" + words + "/";
}

ACRX_DECL std::string to_string(lint_warning const& warning)
{
    auto text = std::string(text_of(warning.rule).name) + ": " + warning.message;
    if (warning.where.first_line > 0)
        text += " (line " + std::to_string(warning.where.first_line) + ")";
    return text;
}
}  // namespace acrx::dockerfile
#endif
