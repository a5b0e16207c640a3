// The text of a cmd step, read: options of `docker run`, the image, and what it is to run.
#ifndef ACRX_TASK_RUN_COMMAND_HPP
#define ACRX_TASK_RUN_COMMAND_HPP

#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// `cmd: [OPTIONS] IMAGE [ARGUMENTS]`. Values of options are as written; they win over properties of the step.
struct run_command
{
    std::string image;
    std::vector<std::string> arguments;  ///< for the entry point; empty: those of the image
    std::vector<std::string> env;        ///< `K=V`, or `K` for the value in the environment of the step
    std::vector<std::string> volumes;    ///< `SOURCE:TARGET[:ro]`, or `TARGET` for an empty folder
    std::vector<std::string> mounts;     ///< of `--mount`
    std::vector<std::string> tmpfs;
    std::vector<std::string> ports;  ///< `8080:80`
    std::vector<std::string> expose;
    std::vector<std::string> add_hosts;  ///< `NAME:IP`
    std::vector<std::string> network_aliases;  ///< also `--name`
    std::vector<std::string> ulimits;
    std::vector<std::string> cap_add;
    std::vector<std::string> cap_drop;
    std::vector<std::string> security_options;
    std::vector<std::string> groups;   ///< of `--group-add`
    std::vector<std::string> devices;  ///< `SOURCE[:PATH[:ACCESS]]`
    std::optional<std::string> entry_point;  ///< empty text: none, not even that of the image
    std::string user;
    std::string working_directory;
    std::string network;
    std::string hostname;
    std::string platform;
    std::string pull;  ///< `always`, `missing`, `never`
    std::string cpus;
    std::string memory;
    std::string shm_size;
    std::string processes;  ///< of `--pids-limit`
    bool privileged = false;
    bool read_only = false;
    bool detach = false;
    bool init = false;
    std::vector<std::string> ignored;  ///< options that change nothing here, e.g. `--rm`

    bool operator==(run_command const&) const = default;
};

/// Reads the text of a cmd step: shell words on one line, the image being the first that is no option.
/// @throws error (`errc::invalid_argument`, `errc::not_supported`, `errc::syntax`) quoting the word
ACRX_DECL run_command parse_run_command(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/run_command.ipp>
#endif
#endif
