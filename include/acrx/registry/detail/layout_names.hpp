// What an OCI image layout calls things (OCI image 1.1, image-layout.md).
#ifndef ACRX_REGISTRY_DETAIL_LAYOUT_NAMES_HPP
#define ACRX_REGISTRY_DETAIL_LAYOUT_NAMES_HPP

#include <acrx/image/reference.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace acrx::detail {
inline constexpr std::string_view layout_mark = R"({"imageLayoutVersion":"1.0.0"})";
inline constexpr char const* full_name_annotation = "io.containerd.image.name";
inline constexpr char const* tag_annotation = "org.opencontainers.image.ref.name";
/// How much of a blob is held in memory while it is copied, in bytes.
inline constexpr std::size_t copy_buffer = 1U << 20;

/// The full name without a digest.
inline std::string tag_name(reference r)
{
    r.digest = {};
    return to_string(r);
}
}  // namespace acrx::detail
#endif
