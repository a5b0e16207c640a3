// The configuration of a container that runs one step (OCI runtime specification 1.0, config.md).
#ifndef ACRX_EXECUTOR_DETAIL_OCI_CONFIG_HPP
#define ACRX_EXECUTOR_DETAIL_OCI_CONFIG_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/mount_table.hpp>
#include <acrx/executor/step_spec.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace acrx::detail {
/// @param mounts      what to mount, without nodes and links
/// @param root        the mounted root filesystem
/// @param cgroups     path of the container's control group; empty leaves it to the runtime
ACRX_DECL boost::json::object oci_config(step_spec const& spec, std::vector<mount_entry> const& mounts,
                                         std::filesystem::path const& root, std::string const& cgroups);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/oci_config.ipp>
#endif
#endif
