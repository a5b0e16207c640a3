// Platforms: operating system, architecture and variant (OCI image 1.1, image-index.md).
#ifndef ACRX_IMAGE_PLATFORM_HPP
#define ACRX_IMAGE_PLATFORM_HPP

#include <acrx/core/config.hpp>

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// What an image runs on, in Go's names: `linux`, `arm64`, `v8`.
struct platform
{
    std::string os;
    std::string architecture;
    std::string variant;                   ///< empty if there is none
    std::string os_version;                ///< Windows build; empty elsewhere
    std::vector<std::string> os_features;  ///< usually empty

    bool operator==(platform const&) const = default;
};

/// Reads `os`, `arch`, `os/arch[/variant]` or `os(version)/arch`; a missing part comes from this machine.
/// @return the normalised platform: `x86_64` is amd64, `aarch64` is arm64, `arm` is arm/v7
/// @throws error (`errc::syntax`)
ACRX_DECL platform parse_platform(std::string_view text);
/// `os/arch[/variant]`.
ACRX_DECL std::string to_string(platform const& p);
/// Another spelling of the same platform: `arm64/v8` is `arm64`, `amd64/v1` is `amd64`.
ACRX_DECL platform normalize(platform p);
/// The platform of this machine.
ACRX_DECL platform host_platform();
/// How well an image for `candidate` serves a wish for `wanted`: 0 is exact, larger is worse, -1 is not at all.
ACRX_DECL int match_distance(platform const& wanted, platform const& candidate);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/image/impl/platform.ipp>
#endif
#endif
