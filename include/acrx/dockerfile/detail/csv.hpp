// One record of comma-separated values, as `--mount` holds it.
#ifndef ACRX_DOCKERFILE_DETAIL_CSV_HPP
#define ACRX_DOCKERFILE_DETAIL_CSV_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
/// The fields of a record; a field in double quotes may hold commas, and `""` for a quote.
/// @throws parse_error without a place
ACRX_DECL std::vector<std::string> split_csv(std::string_view record);
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/csv.ipp>
#endif
#endif
