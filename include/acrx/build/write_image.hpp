// Writes a finished image where an output wants it.
#ifndef ACRX_BUILD_WRITE_IMAGE_HPP
#define ACRX_BUILD_WRITE_IMAGE_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <stop_token>
#include <vector>

namespace acrx {
/// Writes an archive or an image layout with all that the image consists of.
///
/// @param build   all of its layers lie in the store
/// @param form    what `build` was made in: its annotations for descriptors are written here
/// @param output  of the kind `oci` or `docker`
/// @param names   of the image, unless the output has its own
/// Blocks: call it through `offload`.
ACRX_DECL void write_image(oci_layout const& store, finished_build const& build, image_form const& form,
                           build_output const& output, std::vector<reference> const& names, std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/write_image.ipp>
#endif
#endif
