// Prints values as Go's fmt does.
#ifndef ACRX_TEMPLATING_FORMAT_HPP
#define ACRX_TEMPLATING_FORMAT_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/value.hpp>

#include <span>
#include <string>
#include <string_view>

namespace acrx::templating {
/// Operands one after the other, a blank between two of which neither is a text.
/// @throws error (`errc::invalid_argument`) past a limit, or if a value nests deeper than 1,000 levels
ACRX_DECL std::string sprint(std::span<value const> operands, budget& left);
/// A blank between all operands, a newline at the end. @throws as `sprint`
ACRX_DECL std::string sprintln(std::span<value const> operands, budget& left);
/// Operands by the verbs, flags, widths and indexes of `format`. @throws as `sprint`
ACRX_DECL std::string sprintf(std::string_view format, std::span<value const> operands, budget& left);

/// A value as `%v` prints it: `[1 2]`, `map[a:x]`, `<nil>`. @throws as `sprint`
ACRX_DECL std::string to_text(value const& v, budget& left);

/// The shortest digits that read back to the same number, as `%v` prints them: `1e+06`, `0.5`.
ACRX_DECL std::string to_text(double d);

/// A value as JSON, keys sorted, `<`, `>` and `&` escaped.
/// @param indent  blanks a level; 0 for one line
/// @throws as `sprint`, and for numbers that JSON does not have
ACRX_DECL std::string to_json(value const& v, budget& left, std::size_t indent = 0);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/format.ipp>
#include <acrx/templating/impl/json.ipp>
#endif
#endif
