// Bodies of context/wildcard.hpp.
#ifndef ACRX_CONTEXT_IMPL_WILDCARD_IPP
#define ACRX_CONTEXT_IMPL_WILDCARD_IPP
#include <acrx/context/wildcard.hpp>

#include <cstddef>

namespace acrx {
ACRX_DECL bool has_wildcard(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '*' || text[i] == '?' || text[i] == '[')
            return true;
    }
    return false;
}
}  // namespace acrx
#endif
