// Wildcards in the sources of COPY and ADD: the rules of Go's `filepath.Match`.
#ifndef ACRX_CONTEXT_WILDCARD_HPP
#define ACRX_CONTEXT_WILDCARD_HPP

#include <acrx/context/detail/path_pattern.hpp>
#include <acrx/core/config.hpp>

#include <string_view>

namespace acrx {
/// A compiled pattern: `*` and `?` (not `/`), `[a-z]`, `[^a]`, `\x`. It must match the whole path.
class wildcard
{
public:
    /// @throws error (`errc::syntax`) if `pattern` is malformed
    explicit wildcard(std::string_view pattern) : pattern_(pattern, detail::path_pattern::dialect::wildcard) {}

    bool matches(std::string_view path) const { return pattern_.matches(path); }
    /// Whether a walker must enter `directory`: some path below it could match.
    bool could_match_below(std::string_view directory) const { return pattern_.could_match_below(directory); }

private:
    detail::path_pattern pattern_;
};

/// Whether `text` is a pattern: holds `*`, `?` or `[` that is not escaped.
ACRX_DECL bool has_wildcard(std::string_view text) noexcept;

/// Whether all of `name` matches. To match many names, keep a `wildcard`.
/// @throws error (`errc::syntax`) if `pattern` is malformed, whatever the name
inline bool matches(std::string_view pattern, std::string_view name)
{
    return wildcard(pattern).matches(name);
}
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/wildcard.ipp>
#endif
#endif
