// The values of templates: YAML files, and settings of the command line.
#ifndef ACRX_TASK_VALUES_FILE_HPP
#define ACRX_TASK_VALUES_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/value.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace acrx {
/// Reads a values file: a YAML map of anything; an empty file is an empty map. Texts, numbers, booleans, lists and
/// maps keep their types; a key that is a number or a boolean is taken as it is written.
/// @param file  how the file is called, for messages
/// @throws task_error (`errc::syntax`)
ACRX_DECL templating::value_map parse_values(std::string_view text, std::string const& file);

/// Reads `--set NAME=TEXT`: the name is all before the first `=`, dots and commas mean nothing, the text may be empty.
/// @throws error (`errc::invalid_argument`) without `=` or without a name; says nothing of the text
ACRX_DECL std::pair<std::string, std::string> parse_setting(std::string_view setting);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/values_file.ipp>
#endif
#endif
