// Aliases of task files: short names that stand for texts.
#ifndef ACRX_TASK_ALIASES_HPP
#define ACRX_TASK_ALIASES_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/numbered_text.hpp>
#include <acrx/task/task_warning.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Texts by name; names are ASCII letters and digits.
using alias_map = std::map<std::string, std::string, std::less<>>;

/// The `alias` of a task file.
struct alias_block
{
    std::vector<std::string> sources;  ///< `src`: URLs and paths of files with more aliases
    alias_map values;
    std::string directive = "$";  ///< what begins a reference: one code point, no letter or digit of ASCII
    std::vector<task_warning> warnings = {};  ///< of keys that are ignored
};

/// Reads a rendered `alias:` block; an empty text is an empty block.
/// @param file  of the task, for messages
/// @throws task_error (`errc::syntax`, `errc::invalid_argument`)
ACRX_DECL alias_block parse_alias_block(numbered_text const& text, std::string const& file);

/// Reads a file of aliases: a flat YAML map of names to texts; an empty file is an empty map.
/// @param file  how it is called, for messages
/// @throws task_error (`errc::syntax`, `errc::invalid_argument`)
ACRX_DECL alias_map parse_aliases(std::string_view text, std::string const& file);

/// The aliases that every task has: those of the run, and those of images.
ACRX_DECL alias_map const& predefined_aliases();

/// All aliases of a task: its values win over its sources, a later source over an earlier one, all over the predefined.
/// @param sources  in the order of `block.sources`
ACRX_DECL alias_map merge_aliases(alias_block const& block, std::vector<alias_map> const& sources);

/// Replaces each reference by its text, once: the texts are not read again.
///
/// A reference is the directive and as many ASCII letters and digits as follow. Unknown ones stay as they are, and
/// take a reference that follows at once with them. The directive twice is the directive once.
ACRX_DECL numbered_text expand_aliases(numbered_text const& text, alias_map const& aliases,
                                       std::string_view directive = "$");

/// The text of a cmd step, its first word replaced if it is the name of an alias; without blanks around it.
ACRX_DECL std::string expand_image_alias(std::string_view command, alias_map const& aliases);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/aliases.ipp>
#endif
#endif
