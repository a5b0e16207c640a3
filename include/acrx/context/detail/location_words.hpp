// Small questions about the texts of locations.
#ifndef ACRX_CONTEXT_DETAIL_LOCATION_WORDS_HPP
#define ACRX_CONTEXT_DETAIL_LOCATION_WORDS_HPP

#include <acrx/core/ascii.hpp>

#include <string_view>

namespace acrx::detail {
inline bool is_web(std::string_view text)
{
    return text.starts_with("http://") || text.starts_with("https://");
}
}  // namespace acrx::detail
#endif
