// The packages of an image as an SPDX document (SPDX 2.3, JSON).
#ifndef ACRX_BUILD_BILL_OF_MATERIALS_HPP
#define ACRX_BUILD_BILL_OF_MATERIALS_HPP

#include <acrx/build/attestation.hpp>
#include <acrx/build/software_package.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <span>
#include <string>

namespace acrx {
/// The package URL of a package: `pkg:deb/debian/bash@5.2.15-2?arch=amd64&distro=debian-12`.
ACRX_DECL std::string package_url(software_package const& package, distribution_name const& distribution);

/// @param name     of what the packages are in
/// @param created  the time that the document bears; the same arguments give the same document
ACRX_DECL attestation make_bill_of_materials(std::string const& name, std::span<software_package const> packages,
                                             distribution_name const& distribution, time_point created);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/bill_of_materials.ipp>
#endif
#endif
