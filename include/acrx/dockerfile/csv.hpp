// One record of comma-separated values, as `RUN --mount` and the command line hold it.
#ifndef ACRX_DOCKERFILE_CSV_HPP
#define ACRX_DOCKERFILE_CSV_HPP

#include <acrx/dockerfile/detail/csv.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// The fields of a record; a field in double quotes may hold commas, and `""` for a quote.
/// @throws parse_error without a place, also for an empty record
inline std::vector<std::string> split_csv(std::string_view record)
{
    return detail::split_csv(record);
}
}  // namespace acrx::dockerfile
#endif
