// The order of paths in layers: a folder before what it holds, and that before everything else.
#ifndef ACRX_SNAPSHOT_PATH_ORDER_HPP
#define ACRX_SNAPSHOT_PATH_ORDER_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace acrx {
/// Orders paths by their bytes, with `/` below all others: `a`, `a/b`, `a-b`. Each subtree is contiguous.
struct path_less
{
    using is_transparent = void;

    constexpr bool operator()(std::string_view a, std::string_view b) const noexcept
    {
        auto const shorter = std::min(a.size(), b.size());
        for (auto i = common_words(a, b, shorter); i < shorter; ++i)
            if (a[i] != b[i])
                return rank(a[i]) < rank(b[i]);
        return a.size() < b.size();
    }

private:
    /// Bytes at the beginning that are known to be equal: neighbours in a layer share most of their paths.
    static constexpr std::size_t common_words(std::string_view a, std::string_view b, std::size_t size) noexcept
    {
        std::size_t equal = 0;
        if (std::is_constant_evaluated())
            return equal;
        constexpr auto word = sizeof(std::uint64_t);
        while (equal + word <= size && std::memcmp(a.data() + equal, b.data() + equal, word) == 0)
            equal += word;
        return equal;
    }
    static constexpr unsigned rank(char c) noexcept { return c == '/' ? 0U : static_cast<unsigned char>(c) + 1U; }
};
}  // namespace acrx
#endif
