// Prepares one container for an OCI runtime and reads what the runtime said about it.
#ifndef ACRX_EXECUTOR_DETAIL_OCI_BUNDLE_HPP
#define ACRX_EXECUTOR_DETAIL_OCI_BUNDLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/step_executor.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// Where a container's parts are.
struct oci_bundle
{
    std::filesystem::path program;  ///< the runtime
    std::filesystem::path state;    ///< of the executor
    std::filesystem::path folder;   ///< of the step
    std::string id;
};

/// Whether the runtime is crun, which is told to leave control groups alone; others make those of the configuration.
ACRX_DECL bool is_crun(std::filesystem::path const& program);
/// Completes `plan`, which has the root, so that it executes the runtime in namespaces of its own. Its config.json is in memory,
/// where only they see it.
/// @param mounts  of the step, inside its root
ACRX_DECL void plan_container(launch_plan& plan, oci_bundle const& bundle, step_spec const& spec,
                              std::vector<mount_entry> const& mounts);
/// Turns the runtime's status into the step's: a program that could not be executed has 127 or 126, as in a shell, and
/// what else the runtime failed at has 125. What it was is in the output.
ACRX_DECL int step_status(oci_bundle const& bundle, int code);
/// What the runtime has logged as an error; empty if nothing.
ACRX_DECL std::string runtime_error(std::filesystem::path const& folder);
/// Whether the kernel has killed a process of a control group that the runtime made, for want of memory.
ACRX_DECL bool runtime_ran_out_of_memory(std::string const& id);
/// Removes the empty control groups of a container that was killed.
ACRX_DECL void remove_runtime_groups(std::string const& id) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/oci_bundle.ipp>
#endif
#endif
