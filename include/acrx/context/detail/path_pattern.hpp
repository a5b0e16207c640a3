// One pattern over paths, compiled: `*`, `?`, classes and `**`.
#ifndef ACRX_CONTEXT_DETAIL_PATH_PATTERN_HPP
#define ACRX_CONTEXT_DETAIL_PATH_PATTERN_HPP

#include <acrx/core/config.hpp>

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A pattern as a row of tokens; matching takes at most (tokens x length of the path) steps.
class path_pattern
{
public:
    /// Whether `**` crosses directories (ignore files) or is just `*` twice (COPY sources).
    enum class dialect { ignore_file, wildcard };

    /// @throws error (`errc::syntax`) for a malformed pattern
    ACRX_DECL path_pattern(std::string_view text, dialect language);

    /// Whether all of `path` matches.
    ACRX_DECL bool matches(std::string_view path) const;
    /// Whether some path that begins with `directory` and a slash could match.
    ACRX_DECL bool could_match_below(std::string_view directory) const;

private:
    enum class kind { literal, any_char, char_class, star, any, directories };
    struct token
    {
        kind what;
        std::string text;                                   ///< of a literal
        std::vector<std::pair<char32_t, char32_t>> ranges;  ///< of a class
        bool negated = false;
    };
    enum class goal { whole, prefix };
    using places = boost::container::small_vector<std::size_t, 64>;

    ACRX_DECL static token read_class(std::string_view& rest, std::string_view whole);
    ACRX_DECL static bool token_takes(token const& t, char32_t c);
    ACRX_DECL static bool advance(token const& t, std::string_view path, std::size_t place, places& reached);
    ACRX_DECL bool run(std::string_view path, goal aim) const;

    std::vector<token> tokens_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/path_pattern.ipp>
#endif
#endif
