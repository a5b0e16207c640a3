// Which attestations a build is to make.
#ifndef ACRX_BUILD_ATTESTATION_REQUEST_HPP
#define ACRX_BUILD_ATTESTATION_REQUEST_HPP

#include <string>

namespace acrx {
/// How much provenance tells.
enum class provenance_mode
{
    none,
    min,  ///< times, what was asked for, the images that were used
    max,  ///< also build arguments that are no secrets, labels, and the Dockerfile
};

/// The form of provenance, as SLSA counts them.
enum class provenance_version
{
    v0_2,
    v1,
};

/// Where an attestation goes when files are written rather than an image.
struct attestation_file
{
    std::string name;          ///< at the root of the files
    bool inline_only = false;  ///< there is none: only images bear the attestation

    bool operator==(attestation_file const&) const = default;
};

/// The attestations of an image; none unless somebody asks.
struct attestation_request
{
    provenance_mode provenance = provenance_mode::none;
    provenance_version version = provenance_version::v1;
    std::string builder_id;     ///< in provenance; empty is acrx
    bool reproducible = false;  ///< what provenance claims
    attestation_file provenance_file{.name = "provenance.json"};
    bool sbom = false;          ///< the packages in the root filesystem
    attestation_file sbom_file{.name = "sbom.spdx.json"};

    bool any() const noexcept { return sbom || provenance != provenance_mode::none; }
    bool operator==(attestation_request const&) const = default;
};
}  // namespace acrx
#endif
