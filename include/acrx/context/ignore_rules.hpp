// The rules of a `.dockerignore` file: which files of a build context are left out.
#ifndef ACRX_CONTEXT_IGNORE_RULES_HPP
#define ACRX_CONTEXT_IGNORE_RULES_HPP

#include <acrx/context/detail/path_pattern.hpp>
#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// What the rules say about one path.
struct ignore_verdict
{
    bool excluded = false;
    int rule = -1;  ///< the index of the last rule that matched the path or a parent of it; -1 if none did

    friend bool operator==(ignore_verdict const&, ignore_verdict const&) = default;
};

/// Compiled rules, in their order; the last one that matches a path or one of its parents counts.
/// Paths are relative to the root of the context, with `/`, without leading or trailing slash.
class ignore_rules
{
public:
    /// No rules: nothing is excluded.
    ignore_rules() = default;
    /// @param patterns  cleaned lines, `!` in front for those that include again
    /// @throws error (`errc::syntax`) for a lone `!` and for malformed patterns
    ACRX_DECL explicit ignore_rules(std::vector<std::string> patterns);

    std::vector<std::string> const& patterns() const noexcept { return patterns_; }
    bool empty() const noexcept { return patterns_.empty(); }

    /// Whether `path` is left out; looks at its parents as well.
    ACRX_DECL bool excludes(std::string_view path) const;

    /// The same for walkers, which already know about the parent: looks at `path` alone.
    /// @param parent  the verdict on the directory that holds `path`; the default at the root
    ACRX_DECL ignore_verdict match(std::string_view path, ignore_verdict parent = {}) const;

    /// Whether a walker must enter the excluded directory `dir` because a later `!` rule could match below it.
    /// @param verdict  what `match` said about `dir`
    ACRX_DECL bool may_include_below(std::string_view dir, ignore_verdict verdict) const;

private:
    struct rule
    {
        detail::path_pattern pattern;
        bool includes = false;
    };
    std::vector<std::string> patterns_;
    std::vector<rule> rules_;
};

/// The lines of an ignore file, cleaned: comments and blanks gone, `./a//b/` made `a/b`.
ACRX_DECL std::vector<std::string> clean_ignore_lines(std::string_view text);

/// Reads an ignore file. @throws error (`errc::syntax`)
ACRX_DECL ignore_rules parse_ignore_rules(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/ignore_rules.ipp>
#endif
#endif
