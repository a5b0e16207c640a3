// Which full names an image gets from what was typed after -t and -r.
#ifndef ACRX_CLI_IMAGE_NAME_HPP
#define ACRX_CLI_IMAGE_NAME_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/reference.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// Where an image goes under the names it is given.
struct image_names
{
    std::vector<reference> push_to;      ///< names that say a registry
    std::vector<reference> local_names;  ///< names that do not: they stay in the local store
};

/// The host that `-r` means: itself if it has a dot, a port, or is `localhost`; a bare word is a registry of Azure.
/// @return lower case; empty for empty
/// @throws usage_error  if it is no host
ACRX_DECL std::string registry_host(std::string_view given);

/// `name` with every `{{.Run.ID}}` replaced. @throws usage_error for any other template
ACRX_DECL std::string fill_in_run_id(std::string_view name, std::string_view run_id);

/// Whether the first part of a name is a registry: it has a dot or a port, or is `localhost`.
ACRX_DECL bool names_registry(std::string_view name);

/// @param given    what follows each `-t`, templates filled in
/// @param host     of `-r`; empty if there is none
/// A name without a registry gets `host/` in front, unless it begins with `library/`.
/// @throws usage_error  for a name that is no image reference, or names a digest
ACRX_DECL image_names resolve_names(std::vector<std::string> const& given, std::string_view host);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/image_name.ipp>
#endif
#endif
