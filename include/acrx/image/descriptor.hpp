// A descriptor: what a piece of content is, how large, and its digest (OCI image 1.1, descriptor.md).
#ifndef ACRX_IMAGE_DESCRIPTOR_HPP
#define ACRX_IMAGE_DESCRIPTOR_HPP

#include <acrx/core/digest.hpp>
#include <acrx/image/platform.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// Points at a blob or manifest.
struct descriptor
{
    std::string media_type;
    acrx::digest digest;
    std::uint64_t size = 0;  ///< bytes
    std::vector<std::string> urls;
    std::map<std::string, std::string> annotations;
    std::string artifact_type;                ///< empty if none
    std::optional<acrx::platform> platform;  ///< in an index only

    bool operator==(descriptor const&) const = default;
};
}  // namespace acrx
#endif
