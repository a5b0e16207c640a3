// The icon of the page.
#ifndef ACRX_SERVER_DETAIL_PAGE_ICON_HPP
#define ACRX_SERVER_DETAIL_PAGE_ICON_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/icon.svg`
inline constexpr std::string_view page_icon = R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="7" fill="#35608f"/>
  <g fill="none" stroke="#fff" stroke-width="2.4">
    <circle cx="9" cy="16" r="3"/><circle cx="23" cy="9" r="3"/><circle cx="23" cy="23" r="3"/>
    <path d="M11.7 14.7 20.3 10.3M11.7 17.3l8.6 4.4"/>
  </g>
</svg>
)svg";
}  // namespace acrx::detail
#endif
