// Reads where an annotation of an image belongs.
#ifndef ACRX_BUILD_PARSE_ANNOTATION_HPP
#define ACRX_BUILD_PARSE_ANNOTATION_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/core/config.hpp>

#include <string_view>

namespace acrx {
/// The texts of a place: `manifest`, `index`, `manifest-descriptor`, `index-descriptor`, the first and the third perhaps of
/// one platform: `manifest[linux/arm64]`. An empty place is the manifest.
/// @return null if there is no such place
/// @throws error (`errc::syntax`) for a platform that is none
ACRX_DECL image_annotations::texts* annotations_at(image_annotations& all, std::string_view place);

/// `KEY=VALUE`, in front of it perhaps places, separated by commas and followed by a colon; without one it is the manifest.
/// @throws option_error
ACRX_DECL void parse_annotation(std::string_view text, image_annotations& into);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/parse_annotation.ipp>
#endif
#endif
