// From a cmd step to what an executor runs.
#ifndef ACRX_TASK_CONTAINER_SPEC_HPP
#define ACRX_TASK_CONTAINER_SPEC_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/task/run_command.hpp>
#include <acrx/task/task_step.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace acrx {
/// Where containers see what they share.
inline constexpr std::string_view workspace_path = "/workspace";
inline constexpr std::string_view home_path = "/acb/home";

/// The folders of this machine that the steps of a run share.
struct shared_folders
{
    std::filesystem::path workspace;
    std::filesystem::path home;
    std::filesystem::path volumes;    ///< holds a folder for each volume, by its name
    std::string workspace_name = {};  ///< what `.Run.SharedVolume` is; names the workspace as a volume
    std::filesystem::path engine_socket = {};  ///< shown as /var/run/docker.sock; empty for none
};

/// What a container of the step is to be, but for its root and its account.
///
/// Options in the command win over properties of the step, these over the config of the image. Folders for the volumes
/// that the command names are made below `shared.volumes`.
/// @throws error (`errc::invalid_argument`, `errc::not_supported`) naming the option or property
ACRX_DECL step_spec make_container_spec(task_step const& step, run_command const& command, image_config const& image,
                                        shared_folders const& shared);

/// Reads what options and properties say that needs neither the image nor a folder: ports, hosts, limits.
/// @throws as `make_container_spec`
ACRX_DECL void check_container_options(task_step const& step, run_command const& command);

/// Whom it runs as: what the command says, else the step, else the image.
ACRX_DECL std::string user_of(task_step const& step, run_command const& command, image_config const& image);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/container_spec.ipp>
#endif
#endif
