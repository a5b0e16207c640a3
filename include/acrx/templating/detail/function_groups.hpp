// The functions of every template, group by group.
#ifndef ACRX_TEMPLATING_DETAIL_FUNCTION_GROUPS_HPP
#define ACRX_TEMPLATING_DETAIL_FUNCTION_GROUPS_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/function.hpp>

#include <vector>

namespace acrx::templating::detail {
using function_group = std::vector<function>;

ACRX_DECL function_group builtin_functions();
ACRX_DECL function_group string_functions();
ACRX_DECL function_group case_functions();
ACRX_DECL function_group number_functions();
ACRX_DECL function_group list_functions();
ACRX_DECL function_group dict_functions();
ACRX_DECL function_group default_functions();
ACRX_DECL function_group encoding_functions();
ACRX_DECL function_group date_functions();
ACRX_DECL function_group regex_functions();
ACRX_DECL function_group type_functions();
ACRX_DECL function_group path_functions();
ACRX_DECL function_group url_functions();
ACRX_DECL function_group random_functions();
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/builtin_functions.ipp>
#include <acrx/templating/impl/case_functions.ipp>
#include <acrx/templating/impl/date_functions.ipp>
#include <acrx/templating/impl/default_functions.ipp>
#include <acrx/templating/impl/dict_functions.ipp>
#include <acrx/templating/impl/encoding_functions.ipp>
#include <acrx/templating/impl/list_functions.ipp>
#include <acrx/templating/impl/number_functions.ipp>
#include <acrx/templating/impl/path_functions.ipp>
#include <acrx/templating/impl/random_functions.ipp>
#include <acrx/templating/impl/regex_functions.ipp>
#include <acrx/templating/impl/string_functions.ipp>
#include <acrx/templating/impl/type_functions.ipp>
#include <acrx/templating/impl/url_functions.ipp>
#endif
#endif
