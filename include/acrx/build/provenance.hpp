// Tells how an image came to be (SLSA provenance, v1 and v0.2).
#ifndef ACRX_BUILD_PROVENANCE_HPP
#define ACRX_BUILD_PROVENANCE_HPP

#include <acrx/build/attestation.hpp>
#include <acrx/build/build_request.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/reference.hpp>

#include <string>
#include <vector>

namespace acrx {
/// What is known when a build has ended.
struct build_facts
{
    std::string invocation_id;
    time_point started{};
    time_point ended{};
    std::string dockerfile_name;     ///< relative to the context where it lies in it
    std::string dockerfile;          ///< its text
    std::string context_location;    ///< a URL; empty for files of this machine
    std::string context_revision;    ///< a commit; empty if there is none
    std::vector<reference> images;   ///< that were used, with their digests
};

/// The predicate of the version that is asked for, in the shape that BuildKit gives it. Never holds a secret, nor the value of a build argument that is one.
ACRX_DECL attestation make_provenance(build_facts const& facts, build_request const& request);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/provenance.ipp>
#endif
#endif
