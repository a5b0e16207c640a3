// The commands of acrx-runner that mirror `az acr task`, `taskrun` and `agentpool`, as values.
#ifndef ACRX_RUNNER_CLI_TASK_ARGUMENTS_HPP
#define ACRX_RUNNER_CLI_TASK_ARGUMENTS_HPP

#include <acrx/cli/build_options.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx::cli {
/// Whom a command talks to, and how it shows what it is told.
struct client_options
{
    std::string server;               ///< URL; empty is `$ACRX_SERVER`, else the state folder
    std::filesystem::path token_file; ///< of a bearer token; empty is `$ACRX_TOKEN`
    std::filesystem::path ca_file;
    std::filesystem::path home;       ///< of the state; empty is that of the environment
    std::string registry = "acrx";    ///< in the paths of the API
    std::string group = "acrx";
    output_format format = output_format::json;
};

/// A command with az's options, as given: what was not given is nothing.
struct task_arguments
{
    std::string verb;  ///< e.g. `task create`, `task timer add`, `taskrun show`
    client_options connection;
    std::string name;
    std::string run_id;
    std::optional<std::string> context;
    std::optional<std::string> file;
    std::optional<std::string> command;
    std::vector<std::string> images;
    std::optional<bool> no_push;
    std::optional<bool> no_cache;
    std::vector<std::string> build_args;
    std::vector<std::string> secret_build_args;
    std::optional<std::string> target;
    std::optional<std::string> values_file;
    std::vector<std::string> settings;
    std::vector<std::string> secret_settings;
    std::string git_token;
    std::filesystem::path git_token_file;
    std::optional<bool> commit_trigger;
    std::optional<bool> pull_request_trigger;
    std::string source_trigger_name = "defaultSourceTriggerName";
    std::vector<std::string> schedules;
    std::optional<bool> base_image_trigger;
    std::string base_image_trigger_name = "defaultBaseimageTriggerName";
    std::optional<std::string> base_image_trigger_type;
    std::optional<std::string> update_endpoint;
    std::optional<std::string> update_payload_type;
    std::optional<std::string> status;
    std::optional<std::string> platform;
    std::optional<unsigned> cpu;
    std::optional<unsigned> timeout;
    std::optional<std::string> auth_mode;
    std::optional<std::string> auth_identity;
    std::optional<std::string> agent_pool;
    std::optional<std::string> log_template;
    bool is_system = false;
    bool shows_secrets = false;
    bool is_confirmed = false;
    std::string update_token;
    bool no_logs = false;
    bool no_wait = false;
    bool no_format = false;  ///< changes nothing: logs are shown as they are
    std::string run_status;
    unsigned top = 15;
    std::optional<bool> no_archive;
    std::string timer_name;
    std::optional<std::string> schedule;
    std::optional<bool> is_timer_enabled;
    std::vector<std::string> identities;
    std::string login_server;
    std::optional<std::string> user;
    std::optional<std::string> password;
    std::filesystem::path password_file;
    std::optional<std::string> use_identity;
    std::optional<unsigned> count;     ///< of runs at once in a pool
    std::optional<std::string> tier;
    std::optional<std::string> subnet;
    bool shows_queue = false;
};
}  // namespace acrx::cli
#endif
