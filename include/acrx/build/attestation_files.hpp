// Attestations beside the files of a root filesystem that is written out.
#ifndef ACRX_BUILD_ATTESTATION_FILES_HPP
#define ACRX_BUILD_ATTESTATION_FILES_HPP

#include <acrx/build/attestation.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <span>
#include <vector>

namespace acrx {
/// Adds each attestation that has a file name: a statement (in-toto v1) about all regular files that the root has without it,
/// by path and SHA-256.
///
/// @param items  of one root, sorted by `path_less`, and so afterwards; regular files have the digest of their content, or
///               their bytes
/// @param time   of the new files
/// @throws error  if the root has something of that name
ACRX_DECL void add_attestations(std::vector<layer_item>& items, std::span<attestation const> attestations, time_point time);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/attestation_files.ipp>
#endif
#endif
