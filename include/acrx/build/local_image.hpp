// How the local store marks an image that is in no registry under its name, and where its missing layers are.
#ifndef ACRX_BUILD_LOCAL_IMAGE_HPP
#define ACRX_BUILD_LOCAL_IMAGE_HPP

#include <acrx/build/finish_image.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/reference.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace acrx {
/// The annotation of names in the store that were never pushed to a registry.
inline constexpr std::string_view local_only_annotation = "dev.acrx.local";
/// The repositories of the image's layers, in their order and separated by commas; empty for one that the store has.
inline constexpr std::string_view layer_origins_annotation = "dev.acrx.layer-origins";

/// What the store lists for a name that stays on this machine.
/// @param build  all layers lie in the store if it has more than one image
ACRX_DECL descriptor local_descriptor(finished_build const& build);
ACRX_DECL bool is_local_only(descriptor const& entry);
/// The origin of each layer, as far as the entry says it. @param layers  how many there are
ACRX_DECL std::vector<std::optional<reference>> layer_origins(descriptor const& entry, std::size_t layers);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/local_image.ipp>
#endif
#endif
