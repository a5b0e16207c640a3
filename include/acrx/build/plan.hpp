// What a Dockerfile comes down to: stages of steps with every variable expanded, before anything is run.
#ifndef ACRX_BUILD_PLAN_HPP
#define ACRX_BUILD_PLAN_HPP

#include <acrx/context/location.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/dockerfile/source_span.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
/// An image that a stage starts from, or that files are copied from: its description, not its layers.
struct base_image
{
    reference name;
    digest named_digest;              ///< of what the name stands for: an index or the manifest
    digest manifest_digest;
    std::uint64_t manifest_size = 0;  ///< bytes
    manifest image;
    image_config config;
    bool is_here = false;  ///< of no registry: all its blobs lie in the local store
    /// Of an image that only the store knows: where each of its layers is if it is not in the store; else empty.
    std::vector<std::optional<reference>> layer_origins = {};
};

/// Where copied files come from: a build context, a stage by its index, or an image.
struct from_context
{
    std::string name = {};  ///< of a context that was given by `--build-context`; empty for the main one
};
struct from_stage
{
    std::size_t index = 0;
};
struct from_image
{
    std::shared_ptr<base_image const> image;
};
using file_origin = std::variant<from_context, from_stage, from_image>;

/// What a context that was given by name has been found to be; nothing if there is none of that name.
using found_context = std::variant<std::monostate, from_context, from_image>;

/// A file whose content stands in the Dockerfile.
struct inline_file
{
    std::string name;
    std::string content;
};

/// A download of ADD.
struct web_file
{
    std::string url;   ///< may hold secrets
    std::string name;  ///< what it is called in a folder
    digest checksum;   ///< empty for any content
};

/// What ADD fetches: a download, or the files of a commit.
using remote_source = std::variant<web_file, git_location>;

/// COPY or ADD.
struct copy_operation
{
    file_origin origin;
    std::vector<std::string> sources;  ///< as written, expanded
    std::map<std::size_t, remote_source> remotes;  ///< by index in `sources`: those that are no paths of the origin
    std::vector<inline_file> documents;
    std::string destination;  ///< absolute; ends in a slash if a folder is meant
    std::string chown;        ///< `user[:group]`; empty keeps the owner that the origin gives
    std::string chmod;        ///< octal or symbolic; empty keeps the mode
    std::vector<std::string> excludes;
    bool parents = false;  ///< the folders on the way to a source are copied too
    bool link = false;   ///< the layer is made as if the root were empty
    bool unpack = false; ///< archives are extracted
    bool unpack_downloads = false;  ///< those too that come from elsewhere
};

/// `--mount=type=bind`: files of another place.
struct bound_files
{
    std::optional<file_origin> origin;  ///< nothing is an empty folder
    std::string path = "/";             ///< in the origin: a folder or a file
    bool read_only = true;              ///< else changes are thrown away
};

/// What steps that use one cache at the same time do.
enum class cache_sharing
{
    shared,        ///< all use it
    private_copy,  ///< each has one of its own
    locked,        ///< one after the other
};

/// `--mount=type=cache`: a folder that stays on this machine.
struct cache_folder
{
    std::string id;
    cache_sharing sharing = cache_sharing::shared;
    std::optional<file_origin> origin;  ///< of its first content; nothing leaves it empty
    std::string path = "/";
    std::optional<std::uint32_t> mode;  ///< of the new folder; these three are as in `path` if that is not `/`
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
    bool read_only = false;
};

/// `--mount=type=tmpfs`.
struct memory_folder
{
    std::uint64_t size = 0;  ///< bytes; 0 is the kernel's default
    bool read_only = false;
};

/// `--mount=type=secret`.
struct secret_value
{
    std::string id;
    std::string variable;  ///< that has the value; empty if none has
    bool required = false;
    std::uint32_t mode = 0400;  ///< of the file, unless the mount has no target
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// `--mount=type=ssh`.
struct agent_socket
{
    std::string id = "default";
    bool required = false;
    std::uint32_t mode = 0600;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// One `--mount` of RUN.
struct run_mount
{
    std::string target;  ///< absolute; empty for a secret that is a variable only
    std::variant<bound_files, cache_folder, memory_folder, secret_value, agent_socket> what;
};

/// `--device` of RUN.
struct wanted_device
{
    std::string name;       ///< `VENDOR/CLASS[=NAME]` (`device_interface::find`)
    bool required = false;  ///< else the step runs without it if there is none
};

/// RUN.
struct run_operation
{
    std::vector<std::string> args;
    std::vector<std::string> env;      ///< `K=V`, without HOME unless it is set
    std::vector<std::string> proxies;  ///< `K=V`, given to the process but no part of the step's identity
    acrx::platform platform = {};      ///< of its stage
    std::string working_dir;
    std::string user;  ///< as in USER; empty is root
    network_mode network = network_mode::host;
    bool privileged = false;  ///< `--security=insecure`
    std::string hostname = "buildkitsandbox";
    std::vector<run_mount> mounts;     ///< in the order to be made
    std::vector<wanted_device> devices;
    std::vector<inline_file> scripts;  ///< executable files that appear in /dev/pipes
};

/// WORKDIR: makes a folder.
struct folder_operation
{
    std::string path;  ///< absolute
    std::string user;  ///< its owner, as in USER
};

using any_operation = std::variant<run_operation, copy_operation, folder_operation>;

/// One step that makes a layer.
struct step
{
    any_operation what;
    dockerfile::source_span where;
    std::string title;  ///< `[build 2/5] RUN make`
    bool is_fresh = false;  ///< to be run again, whatever is cached
};

/// A stage: what it starts from, the steps that make its layers, and its image.
struct stage_plan
{
    std::string name;  ///< its name, or its number
    std::variant<std::monostate, from_stage, from_image> base;  ///< nothing is scratch
    std::vector<step> steps;
    image_config config;                 ///< without diff ids, and without the history of the base
    std::vector<history_entry> history;  ///< the stage's own; the n-th entry with a layer belongs to the n-th step
    dockerfile::source_span where;
};

/// A build: the stages that the target needs, others are empty.
struct build_plan
{
    std::vector<std::optional<stage_plan>> stages;  ///< by index in the Dockerfile
    std::size_t target = 0;
    std::vector<dockerfile::lint_warning> warnings;
};
}  // namespace acrx
#endif
