// Reads the values of options that say which attestations a build makes.
#ifndef ACRX_BUILD_PARSE_ATTESTATION_HPP
#define ACRX_BUILD_PARSE_ATTESTATION_HPP

#include <acrx/build/attestation_request.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/config.hpp>

#include <string_view>

namespace acrx {
/// The value of `--provenance`: `true`, `false`, or `mode=min|max` with `builder-id=ID`, `reproducible=BOOL`,
/// `version=v1|v0.2`, `filename=NAME` and `inline-only=BOOL`.
/// @throws option_error
ACRX_DECL void parse_provenance(std::string_view text, attestation_request& into);
/// The value of `--sbom`: `true`, `false`, or `filename=NAME` and `inline-only=BOOL`. @throws option_error
ACRX_DECL void parse_sbom(std::string_view text, attestation_request& into);
/// The value of `--attest`: `type=provenance` or `type=sbom`, with the fields of the two above. @throws option_error
ACRX_DECL void parse_attest(std::string_view text, attestation_request& into);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/parse_attestation.ipp>
#endif
#endif
