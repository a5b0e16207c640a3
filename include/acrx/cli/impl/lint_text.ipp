// Bodies of cli/lint_text.hpp.
#ifndef ACRX_CLI_IMPL_LINT_TEXT_IPP
#define ACRX_CLI_IMPL_LINT_TEXT_IPP
#include <acrx/cli/lint_text.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/json/object.hpp>

#include <utility>

namespace acrx::cli {
ACRX_DECL boost::json::array to_json(std::span<dockerfile::lint_warning const> warnings)
{
    boost::json::array list;
    for (auto const& warning : warnings) {
        auto const& rule = text_of(warning.rule);
        boost::json::object item;
        item["rule"] = rule.name;
        item["message"] = warning.message;
        item["description"] = rule.description;
        item["url"] = url_of(warning.rule);
        item["line"] = warning.where.first_line;
        item["lastLine"] = warning.where.last_line;
        list.emplace_back(std::move(item));
    }
    return list;
}

ACRX_DECL std::string lint_text(dockerfile::lint_warning const& warning, shown_dockerfile const& file)
{
    return "WARNING: " + std::string(text_of(warning.rule).name) + " - " + url_of(warning.rule) + "\n" + warning.message
           + "\n" + file.name + ":" + std::to_string(warning.where.first_line) + "\n"
           + dockerfile::render_lines(file.text, warning.where);
}

ACRX_DECL std::string lint_summary(std::size_t count)
{
    if (count == 0)
        return "Check complete, no warnings found.";
    return "Check complete, " + std::to_string(count) + (count == 1 ? " warning has" : " warnings have") + " been found!";
}
}  // namespace acrx::cli
#endif
