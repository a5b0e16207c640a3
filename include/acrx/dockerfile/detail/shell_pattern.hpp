// The patterns of `${NAME#P}`, `${NAME%P}` and `${NAME/P/R}`: `*`, `?` and escapes.
#ifndef ACRX_DOCKERFILE_DETAIL_SHELL_PATTERN_HPP
#define ACRX_DOCKERFILE_DETAIL_SHELL_PATTERN_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
/// Pieces without `*`, in order; between two of them anything may stand.
class shell_pattern
{
public:
    enum class reach { shortest, longest };

    /// @throws parse_error without a place
    ACRX_DECL explicit shell_pattern(std::string_view text);

    ACRX_DECL std::string without_prefix(std::string_view value, reach length) const;
    ACRX_DECL std::string without_suffix(std::string_view value, reach length) const;
    /// Replaces the first match, or all of them; each match is the longest at its place.
    ACRX_DECL std::string replaced(std::string_view value, std::string_view by, bool all) const;

private:
    static constexpr char32_t any_character = 0x7fffffff;
    using piece = std::u32string;

    static bool piece_matches(piece const& p, std::u32string_view text, std::size_t at);
    ACRX_DECL std::optional<std::size_t> match_end(std::u32string_view text, std::size_t start, reach length) const;

    std::vector<piece> pieces_{1};
};
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/shell_pattern.ipp>
#endif
#endif
