// Statements about an image, attached to it as an image index holds them (in-toto, SLSA, SPDX).
#ifndef ACRX_BUILD_ATTESTATION_HPP
#define ACRX_BUILD_ATTESTATION_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
inline constexpr std::string_view in_toto_type = "application/vnd.in-toto+json";
inline constexpr std::string_view provenance_type = "https://slsa.dev/provenance/v1";
inline constexpr std::string_view provenance_v0_2_type = "https://slsa.dev/provenance/v0.2";
inline constexpr std::string_view spdx_type = "https://spdx.dev/Document";

/// What is said about an image, whatever form it is stored in.
struct attestation
{
    std::string predicate_type;
    boost::json::object predicate;
    std::string file_name = {};  ///< at the root of files that are written; empty if only images bear it
};

/// The package URL of an image: `pkg:docker/NAME@TAG?platform=linux%2Famd64`.
ACRX_DECL std::string package_url(reference const& name, platform const& platform);

/// The in-toto statement (v1) that says `what` of the subjects, each a `name` and a `digest`.
ACRX_DECL std::string to_statement(attestation const& what, boost::json::array subjects);
/// The in-toto statement (v1) that says `what` of the manifest `subject`. @param names  of the image; may be empty
ACRX_DECL std::string to_statement(attestation const& what, digest const& subject, std::span<reference const> names,
                                   platform const& platform);

/// Whether even a single image gets an index: for its attestations, or because BUILDKIT_MULTI_PLATFORM asks for one.
ACRX_DECL bool wants_index(build_request const& request);

/// Writes what is said of an image into the store, and adds it to the image.
/// @param image         of the OCI family
/// @param as_artifacts  in an artifact that refers to the image; else in an image that has the statements as layers
ACRX_DECL void attach(oci_layout& store, finished_image& image, std::span<attestation const> attestations,
                      std::span<reference const> names, bool as_artifacts = true);

/// Writes an index of the images, in their order, and then of their attestations. The annotations of all images that name a
/// base are those of the index, too.
ACRX_DECL void make_index(oci_layout& store, finished_build& build, image_form const& form);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/attestation.ipp>
#endif
#endif
