// Several platforms in one word.
#ifndef ACRX_CLI_DETAIL_PLATFORM_LIST_HPP
#define ACRX_CLI_DETAIL_PLATFORM_LIST_HPP

#include <acrx/image/platform.hpp>

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/transform.hpp>

#include <string>
#include <vector>

namespace acrx::cli::detail {
/// As `--platform` takes them: `linux/amd64,linux/arm64`.
inline std::string to_list(std::vector<platform> const& platforms)
{
    return platforms | ranges::views::transform([](platform const& one) { return to_string(one); })
           | ranges::views::join(',') | ranges::to<std::string>();
}
}  // namespace acrx::cli::detail
#endif
