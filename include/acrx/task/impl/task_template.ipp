// Bodies of task/task_template.hpp.
#ifndef ACRX_TASK_IMPL_TASK_TEMPLATE_IPP
#define ACRX_TASK_IMPL_TASK_TEMPLATE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/task/detail/task_lines.hpp>
#include <acrx/task/task_template.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace acrx {
namespace detail {
inline std::string_view without_version_quotes(std::string_view text)
{
    while (!text.empty() && (text.front() == '"' || text.front() == '\''))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == '"' || text.back() == '\''))
        text.remove_suffix(1);
    return text;
}

inline numbered_text without_comments(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    numbered_text kept;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!trimmed(line).starts_with('#'))
            kept.add_line(line, number);
    }
    return kept;
}

inline std::string find_version(numbered_text const& text)
{
    std::optional<std::string> version;
    for_each_line(text, [&](std::string_view line, std::size_t) {
        if (auto const value = after_key(line, "version"); value && !version)
            version = without_version_quotes(*value);
    });
    return version.value_or("");
}
}  // namespace detail

ACRX_DECL task_template split_task(std::string_view text, std::string file)
{
    task_template parts;
    parts.file = std::move(file);
    auto all = detail::without_comments(text);
    parts.version = detail::find_version(all);
    parts.has_aliases = parts.version >= "v1.1.0";
    parts.mentions_secrets = all.text.find("secrets") != std::string::npos;
    if (!parts.has_aliases) {
        parts.body = std::move(all);
        return parts;
    }
    bool in_aliases = false;
    detail::for_each_line(all, [&](std::string_view line, std::size_t number) {
        if (detail::is_top_key(line))
            in_aliases = detail::after_key(line, "alias").has_value();
        (in_aliases ? parts.alias_block : parts.body).add_line(line, number);
    });
    return parts;
}

ACRX_DECL std::string task_of_command(std::string_view command, std::chrono::seconds timeout)
{
    // As a block, it needs no quotes, whatever is in it.
    std::string text = "version: v1.1.0\nsteps:\n  - cmd: |-\n      ";
    for (char const c : detail::trimmed(command))
        (text += c) += c == '\n' ? "      " : "";
    text += "\n    disableWorkingDirectoryOverride: true\n";
    if (timeout > timeout.zero())
        text += "    timeout: " + std::to_string(timeout.count()) + "\n";
    return text;
}

ACRX_DECL std::string decode_task(std::string_view base64)
{
    auto text = from_base64(detail::trimmed(base64));
    if (!text)
        throw error(errc::invalid_argument, "failed to decode Base64 template",
                    "Give the whole file in standard base64, with padding.");
    return std::move(*text);
}
}  // namespace acrx
#endif
