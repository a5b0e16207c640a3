// Cuts the values of options into their fields.
#ifndef ACRX_BUILD_DETAIL_OPTION_FIELDS_HPP
#define ACRX_BUILD_DETAIL_OPTION_FIELDS_HPP

#include <acrx/build/option_values.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/csv.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
inline std::string_view without_spaces(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// Of a record of comma-separated values. @throws option_error
inline std::vector<std::string> csv_fields(std::string_view option, std::string_view record)
{
    try {
        return dockerfile::split_csv(record);
    } catch (error const& e) {
        throw option_error(fmt::format("{} '{}': {}", option, record, e.text()));
    }
}
}  // namespace acrx::detail
#endif
