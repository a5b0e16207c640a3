// One step of a task: a build, a push, or a command in a container.
#ifndef ACRX_TASK_TASK_STEP_HPP
#define ACRX_TASK_TASK_STEP_HPP

#include <acrx/io/source_place.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// What a step does.
enum class step_kind
{
    build,  ///< builds an image, pushes nothing
    push,   ///< pushes images
    cmd,    ///< runs a container
};

/// `build`, `push`, `cmd`.
constexpr std::string_view to_string(step_kind kind) noexcept
{
    return kind == step_kind::build ? "build" : kind == step_kind::push ? "push" : "cmd";
}

/// Where a volume of the task appears in the container of a step.
struct volume_mount
{
    std::string volume;
    std::string path;  ///< in the container
    source_place where = {};
    bool operator==(volume_mount const&) const = default;
};

/// One step. Times that are 0 or less, and texts that are empty, stand for the defaults that `finish_task` fills in.
struct task_step
{
    std::string id = {};  ///< also the host name of its container; default `acb_step_N`, from 0
    step_kind kind = step_kind::cmd;
    std::string command = {};              ///< of build and cmd, as written
    std::vector<std::string> images = {};  ///< of push
    std::vector<std::string> when = {};    ///< ids, or `-` alone for "at once"; empty: after the step before

    std::chrono::milliseconds timeout{0};           ///< of all attempts together; default that of the task
    std::chrono::milliseconds start_delay{0};       ///< slept before it starts, outside `timeout`
    unsigned retries = 0;                           ///< further attempts after a failure
    std::chrono::milliseconds retry_delay{0};       ///< between them; default 5 s
    std::vector<std::string> retry_on_errors = {};  ///< retried only if the attempt printed one of these; empty: always
    unsigned repeat = 0;                            ///< further runs, each with its own retries, also after a failure
    bool ignore_errors = false;                     ///< a failure counts as success

    std::vector<std::string> env = {};     ///< `K=V`; `finish_task` adds those of the task
    std::string working_directory = {};    ///< absolute after `finish_task`; empty if the image's own holds
    bool uses_directory_of_image = false;  ///< `disableWorkingDirectoryOverride`
    std::string entry_point = {};
    std::string user = {};
    std::string network = {};  ///< a name; default the default network, empty if there is none
    std::string isolation = {};
    std::string cpus = {};
    bool privileged = false;
    std::vector<std::string> ports = {};  ///< published: `8080:80`
    std::vector<std::string> expose = {};
    bool detach = false;            ///< done when its container has started
    bool keep = false;              ///< its container stays until the end of the run
    bool pull = false;              ///< of cmd: fetches the image anew first
    unsigned download_retries = 0;  ///< of that
    std::chrono::milliseconds download_retry_delay{0};
    bool cache = false;  ///< of build: layers are read from and written to the registry
    std::vector<volume_mount> mounts = {};

    source_place where = {};  ///< in the task file; unknown for a step built otherwise
};
}  // namespace acrx
#endif
