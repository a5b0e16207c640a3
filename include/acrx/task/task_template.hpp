// The text of a task file before it is rendered: its parts, and what each line is.
#ifndef ACRX_TASK_TASK_TEMPLATE_HPP
#define ACRX_TASK_TASK_TEMPLATE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/numbered_text.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace acrx {
/// A task file, split: no comment lines, the aliases apart.
struct task_template
{
    std::string file;               ///< how it is called, for messages
    std::string version;            ///< as it is written; empty if it is not
    bool has_aliases = false;       ///< the version is one that expands aliases
    bool mentions_secrets = false;  ///< the text holds `secrets`: they must be resolved before it is rendered
    numbered_text body;             ///< all but comments and aliases
    numbered_text alias_block;      ///< `alias:` and what belongs to it; empty if there is none
};

/// Drops every line that begins with `#` after blanks, finds the version, and cuts out the aliases if the version has
/// them. A line ends in `\n` or `\r\n`.
ACRX_DECL task_template split_task(std::string_view text, std::string file);

/// The text of a task whose only step runs `command`, in the folder of its image.
/// @param timeout  of the step; 0 for the usual one
ACRX_DECL std::string task_of_command(std::string_view command, std::chrono::seconds timeout = {});

/// The text that base64, with padding, stands for. @throws error (`errc::invalid_argument`) if it is none
ACRX_DECL std::string decode_task(std::string_view base64);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/task_template.ipp>
#endif
#endif
