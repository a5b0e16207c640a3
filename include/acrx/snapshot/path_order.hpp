// The order of paths in layers: a folder before what it holds, and that before everything else.
#ifndef ACRX_SNAPSHOT_PATH_ORDER_HPP
#define ACRX_SNAPSHOT_PATH_ORDER_HPP

#include <algorithm>
#include <string_view>

namespace acrx {
/// Orders paths by their bytes, with `/` below all others: `a`, `a/b`, `a-b`. Each subtree is contiguous.
struct path_less
{
    using is_transparent = void;

    constexpr bool operator()(std::string_view a, std::string_view b) const noexcept
    {
        auto const shorter = std::min(a.size(), b.size());
        for (std::size_t i = 0; i < shorter; ++i)
            if (a[i] != b[i])
                return rank(a[i]) < rank(b[i]);
        return a.size() < b.size();
    }

private:
    static constexpr unsigned rank(char c) noexcept { return c == '/' ? 0U : static_cast<unsigned char>(c) + 1U; }
};
}  // namespace acrx
#endif
