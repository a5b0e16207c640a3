// What lies in the local store: its images, and what one of them consists of.
#ifndef ACRX_CLI_LOCAL_IMAGES_HPP
#define ACRX_CLI_LOCAL_IMAGES_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// One name of one image in the store.
struct local_image
{
    std::string name;  ///< as people write it; empty if it has none
    descriptor manifest;
    std::optional<time_point> created;
    std::uint64_t size = 0;  ///< bytes: config and layers, as they are stored or would be
    std::vector<platform> platforms;  ///< more than one for an index of several images
    bool complete = false;  ///< whether all of its layers are in the store
};

/// All images, those with names first, by name.
ACRX_DECL std::vector<local_image> list_images(oci_layout const& store);

/// The manifest that a name, a digest, or the beginning of one means.
/// @throws error (`errc::not_found`), or `errc::invalid_argument` if several begin so
ACRX_DECL descriptor find_image(oci_layout const& store, std::string_view wanted);

/// The texts that the commands print.
ACRX_DECL std::string list_text(std::vector<local_image> const& images, output_format format);
ACRX_DECL std::string inspect_text(state_folder const& state, std::string_view wanted, output_format format);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/local_images.ipp>
#endif
#endif
