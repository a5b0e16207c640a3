// Where the values of variables come from, and what expansion makes of a word.
#ifndef ACRX_DOCKERFILE_EXPANSION_HPP
#define ACRX_DOCKERFILE_EXPANSION_HPP

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// Tells the value of a variable; empty means that it is not set.
using variable_lookup = std::function<std::optional<std::string>(std::string_view name)>;

/// What expansion makes of a text.
struct expansion
{
    std::string text;
    std::vector<std::string> words;                ///< `text` split at blanks that were not quoted
    std::set<std::string, std::less<>> used;       ///< variables that were looked up and set
    std::set<std::string, std::less<>> undefined;  ///< variables that were looked up and not set
};
}  // namespace acrx::dockerfile
#endif
