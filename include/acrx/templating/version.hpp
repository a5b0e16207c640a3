// Semantic versions and their constraints, as templates compare them.
#ifndef ACRX_TEMPLATING_VERSION_HPP
#define ACRX_TEMPLATING_VERSION_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::templating {
/// A semantic version; `v1.2` is read as 1.2.0.
struct version
{
    std::int64_t major_number = 0;
    std::int64_t minor_number = 0;
    std::int64_t patch_number = 0;
    std::string prerelease;
    std::string metadata;
    std::string original;  ///< as it was written

    /// E.g. `1.2.0-rc.1+b7`.
    ACRX_DECL std::string str() const;
    /// Below, equal, above: -1, 0, 1; metadata does not count.
    ACRX_DECL int compare(version const& other) const noexcept;
};

/// Nothing if it is no version.
ACRX_DECL std::optional<version> parse_version(std::string_view text);
/// Whether `v` fulfils a constraint such as `>=1.2, <2 || ~3.1`.
/// @throws error (`errc::syntax`) if the constraint is none: `improper constraint: TEXT`
ACRX_DECL bool fulfils(version const& v, std::string_view constraint);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/version.ipp>
#endif
#endif
