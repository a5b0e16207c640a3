// Bodies of build/detail/run_script.hpp.
#ifndef ACRX_BUILD_IMPL_RUN_SCRIPT_IPP
#define ACRX_BUILD_IMPL_RUN_SCRIPT_IPP
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/run_script.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Whether the text is one heredoc token and nothing else: digits, `<<`, `-`, and one shell word, blanks around it.
inline bool is_lone_document(std::string_view text)
{
    auto const blanks = std::string_view(" \t");
    text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    if (!text.starts_with("<<"))
        return false;
    text.remove_prefix(text.starts_with("<<-") ? 3 : 2);
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    text.remove_suffix(text.size() - std::min(text.find_last_not_of(blanks) + 1, text.size()));
    char quote = 0;
    for (char c : text) {
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (blanks.find(c) != blanks.npos || c == '<')
            return false;
    }
    return !text.empty();
}

ACRX_DECL run_script to_run_script(dockerfile::run const& what)
{
    run_script script{what.command, {}};
    if (what.heredocs.empty() || !what.command.shell_form)
        return script;
    auto text = join(what.command.words);
    auto const& first = what.heredocs.front();
    if (what.heredocs.size() == 1 && is_lone_document(text)) {
        auto body = body_of(first);
        if (body.starts_with("#!")) {
            script.command.words = {"/dev/pipes/" + first.name};
            script.files.push_back({first.name, std::move(body)});
        } else {
            script.command.words = {std::move(body)};
        }
        return script;
    }
    for (auto const& document : what.heredocs)
        text += "\n" + document.content + document.name;
    script.command.words = {std::move(text)};
    return script;
}
}  // namespace acrx::detail
#endif
