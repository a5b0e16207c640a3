// A task: steps and what they share, as a value and as YAML.
#ifndef ACRX_TASK_TASK_FILE_HPP
#define ACRX_TASK_TASK_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/source_place.hpp>
#include <acrx/task/task_error.hpp>
#include <acrx/task/task_step.hpp>
#include <acrx/task/task_warning.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A network that exists while a task runs.
struct task_network
{
    std::string name;
    std::string driver = {};  ///< empty for the usual one
    bool ipv6 = false;
    bool skip_creation = false;  ///< it is there already, and stays
    bool is_default = false;     ///< of steps that name none
    source_place where = {};
};

/// A volume of secret files.
struct task_volume
{
    std::string name;
    std::map<std::string, std::string> files = {};  ///< content by name; secrets
    source_place where = {};
};

/// A secret that a task names, and that `{{.Secrets.ID}}` gives.
struct secret_definition
{
    std::string id;
    std::string keyvault;        ///< where it is kept: the URL of a key vault's secret, or what a resolver understands
    std::string client_id = {};  ///< of a managed identity; empty for that of the system
    source_place where = {};
};

/// A task.
struct task_file
{
    static constexpr std::size_t max_text = std::size_t{8} << 20;  ///< bytes of YAML
    static constexpr std::size_t max_steps = 10'000;

    std::string file = {};  ///< how the file is called, for messages; empty if there is none
    std::string version = "v1.0.0";
    std::vector<task_step> steps = {};
    std::chrono::milliseconds step_timeout{0};  ///< of steps without their own; default 600 s
    std::string working_directory = {};         ///< the same; default `/workspace`
    std::vector<std::string> env = {};          ///< `K=V`, for each step
    std::vector<task_network> networks = {};    ///< default: one, the default network `acb_default_network`
    std::vector<task_volume> volumes = {};
    std::vector<secret_definition> secrets = {};
    std::vector<task_warning> warnings = {};
};

/// Reads a rendered task file and finishes it. Keys that no task has are ignored, with a warning.
/// @param file  how it is called, for messages
/// @param env   `K=V` of the command line, below those of the task
/// @throws task_error  as `finish_task`, and (`errc::syntax`) for broken YAML and values of the wrong type
ACRX_DECL task_file parse_task_file(std::string_view text, std::string const& file,
                                    std::vector<std::string> const& env = {});

/// Fills in defaults, merges environments, normalises image names and folders, and checks all that can be checked
/// without running. Finishing a finished task changes nothing.
/// @throws task_error (`errc::invalid_argument`)
ACRX_DECL task_file finish_task(task_file task, std::vector<std::string> const& env = {});

/// `K=V` lists in one: what `own` has wins; items of `defaults` are split at commas.
/// @throws error (`errc::invalid_argument`) for an item without `=`, naming it by `own_name` or `defaults_name`
ACRX_DECL std::vector<std::string> merge_environments(std::vector<std::string> own, std::string_view own_name,
                                                      std::vector<std::string> const& defaults,
                                                      std::string_view defaults_name);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/finish_task.ipp>
#include <acrx/task/impl/task_file.ipp>
#endif
#endif
