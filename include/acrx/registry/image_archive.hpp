// Writes images of a layout as one tar file, for other machines and other tools.
#ifndef ACRX_REGISTRY_IMAGE_ARCHIVE_HPP
#define ACRX_REGISTRY_IMAGE_ARCHIVE_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <filesystem>
#include <stop_token>
#include <vector>

namespace acrx {
/// Writes an image or index, with all that it refers to, as an OCI image layout in a tar file.
///
/// The bytes depend on the image and its names alone. Blobs stream from the disk: memory stays bounded. A regular
/// `file` appears by rename when it is complete; anything else, such as a pipe, is written to as it is.
/// Blocks: call it through `offload`.
/// @param names   what the image is called in the archive; may be empty
/// @param stop    asks to give up; `file` then stays as it was
/// @throws error  (`errc::not_found`) naming the blobs that the layout does not hold, before anything is written
ACRX_DECL void write_oci_archive(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                 std::filesystem::path const& file, std::stop_token stop = {});
/// The same to an open file descriptor, which stays open.
ACRX_DECL void write_oci_archive(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                 int open_file, std::stop_token stop = {});

/// The same as a folder: an image layout like any other. One that is not there appears by rename when it is complete;
/// to one that is there the image is added, and takes its names from what had them.
/// @throws error  as above, and if the folder holds something else than an image layout
ACRX_DECL void write_oci_folder(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                std::filesystem::path const& folder, std::stop_token stop = {});

/// The same with a `manifest.json` beside the layout: what `docker load` and `podman load` read.
/// @param image  a single image, or an index of one with its attestations; any other is refused (`errc::not_supported`)
ACRX_DECL void write_docker_archive(oci_layout const& layout, descriptor const& image,
                                    std::vector<reference> const& names, std::filesystem::path const& file,
                                    std::stop_token stop = {});
ACRX_DECL void write_docker_archive(oci_layout const& layout, descriptor const& image,
                                    std::vector<reference> const& names, int open_file, std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/image_archive.ipp>
#endif
#endif
