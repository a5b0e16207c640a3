// How functions read arguments of any type.
#ifndef ACRX_TEMPLATING_DETAIL_CONVERSIONS_HPP
#define ACRX_TEMPLATING_DETAIL_CONVERSIONS_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::templating::detail {
/// Decimal digits, floats cut, true as 1; 0 for all else.
ACRX_DECL std::int64_t to_int64(value const& v);
ACRX_DECL double to_float64(value const& v);
/// A list as texts, without nil; another value as the one text of a list.
ACRX_DECL std::vector<std::string> to_texts(value const& v, budget& left);
/// Equal, types included. @throws error past a limit
ACRX_DECL bool deep_equal(value const& a, value const& b, budget& left, std::size_t depth = 0);
/// The items of a list. @param function  the name for messages @throws error if `v` is no list
ACRX_DECL value_list const& list_of(value const& v, std::string_view function, budget& left);
/// Refuses to make a map hold itself. @throws error (`errc::invalid_argument`)
ACRX_DECL void check_no_cycle(value const& map, value const& item, budget& left);
/// Parts joined by a separator. @throws error past a limit
ACRX_DECL std::string join(std::vector<std::string> const& parts, std::string_view separator, budget& left);
/// Parts between separators, at most `most` of them if that is not negative; an empty separator cuts into characters.
ACRX_DECL std::vector<std::string> split(std::string_view text, std::string_view separator, std::int64_t most,
                                         budget& left);
/// `text` with `from` replaced by `to`; an empty `from` fits before each character and at the end.
ACRX_DECL std::string replace_all(std::string_view text, std::string_view from, std::string_view to, budget& left);
/// What Go says when it would read through a null pointer.
inline constexpr char const* nil_dereference = "runtime error: invalid memory address or nil pointer dereference";
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/conversions.ipp>
#endif
#endif
