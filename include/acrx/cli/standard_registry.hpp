// The registry client of the executables, by their options.
#ifndef ACRX_CLI_STANDARD_REGISTRY_HPP
#define ACRX_CLI_STANDARD_REGISTRY_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/fwd.hpp>

namespace acrx::cli {
/// A client with the credentials of this user, and the mirrors and authorities of the options.
/// @throws error for a file of authorities that cannot be read
ACRX_DECL distribution_client standard_registry(build_options const& options, state_folder const& state);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/standard_registry.ipp>
#endif
#endif
