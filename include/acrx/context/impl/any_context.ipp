// Bodies of context/any_context.hpp.
#ifndef ACRX_CONTEXT_IMPL_ANY_CONTEXT_IPP
#define ACRX_CONTEXT_IMPL_ANY_CONTEXT_IPP
#include <acrx/context/any_context.hpp>

#include <system_error>

namespace acrx {
ACRX_DECL location find_location(std::string_view text)
{
    std::error_code unknown;
    if (text != "/dev/null" && text != "-" && std::filesystem::exists(text, unknown))
        return local_location{std::filesystem::path(text)};
    return parse_location(text);
}
}  // namespace acrx
#endif
