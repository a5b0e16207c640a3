// Letters of protocols and names: ASCII alone, whatever the locale.
#ifndef ACRX_CORE_ASCII_HPP
#define ACRX_CORE_ASCII_HPP

#include <string>
#include <string_view>

namespace acrx {
/// `text` with A to Z made small; all other bytes stay.
inline std::string ascii_lower(std::string_view text)
{
    std::string lower(text);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lower;
}
}  // namespace acrx
#endif
