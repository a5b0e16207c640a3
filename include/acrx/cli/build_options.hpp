// The options of each command, as values.
#ifndef ACRX_CLI_BUILD_OPTIONS_HPP
#define ACRX_CLI_BUILD_OPTIONS_HPP

#include <acrx/build/attestation_request.hpp>
#include <acrx/build/build_output.hpp>
#include <acrx/build/shared_cache.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/replacement/replacement_names.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::cli {
/// How a result is shown.
enum class output_format
{
    text,   ///< lines for people
    json,   ///< the record alone on standard output, the log on standard error
    table,  ///< columns
};

/// How a running build is shown.
enum class progress_style
{
    automatic,  ///< live on a terminal, else plain
    plain,
    live,
    quiet,
    raw_json,  ///< an object a line, for programs, on standard error
};

/// Where RUN steps run.
enum class executor_kind
{
    sandbox,
    oci_runtime,
};

/// What is done with a Dockerfile.
enum class build_call
{
    build,
    check,    ///< lint it
    outline,  ///< tell what its target takes
    targets,  ///< list its stages
};

/// Which runner works instead of this machine: `--server` and `--token-file`, as given.
struct runner_address
{
    std::string server;                ///< URL; empty is `$ACRX_SERVER`
    std::filesystem::path token_file;  ///< of a bearer token; empty is `$ACRX_TOKEN`
};

/// `acrx-quick build`, as given: nothing is looked up yet.
struct build_options
{
    std::string context;
    std::string registry;
    std::vector<std::string> images;
    std::filesystem::path file;  ///< empty is the Dockerfile of the context, `-` what comes on standard input
    bool file_was_input = false;  ///< `file` holds what came on standard input
    std::vector<std::string> build_args;         ///< `K=V`, or `K` for the value in the environment
    std::vector<std::string> secret_build_args;  ///< the same
    std::vector<std::string> build_contexts;     ///< `NAME=LOCATION`
    std::vector<std::string> labels;             ///< `K=V`
    std::string target;
    std::string platform;
    std::chrono::seconds timeout{3600};
    build_call call = build_call::build;
    bool no_push = false;
    bool no_cache = false;
    bool squash = false;
    step_rights rights;  ///< of RUN steps
    std::vector<std::string> no_cache_stages;  ///< whose steps are run again
    std::vector<shared_cache> cache_from;
    std::vector<shared_cache> cache_to;
    replacement_policy cache_policy;            ///< what the cache of this machine gives up when it is full
    named_key cache_key;                        ///< what its steps are known by
    std::uint64_t cache_budget = std::numeric_limits<std::uint64_t>::max();  ///< bytes of its layers
    std::filesystem::path trace;  ///< that steps are recorded in; empty for none
    std::size_t parallelism = 0;               ///< steps that run at once; 0 is the usual number
    bool pull = false;  ///< changes nothing: base images are always looked up in their registries
    bool push = false;  ///< changes nothing: images are pushed unless `no_push`
    bool no_logs = false;
    output_format format = output_format::text;
    progress_style progress = progress_style::automatic;
    std::vector<build_output> outputs;
    std::filesystem::path id_file;        ///< that the image id is written to; empty for none
    std::filesystem::path metadata_file;  ///< that digests and names are written to; empty for none
    image_form form;
    attestation_request attestations;
    network_mode network = network_mode::host;
    bool allow_host_network = false;
    bool allow_insecure = false;
    bool allow_devices = false;
    std::map<std::string, std::string> allowed_devices;   ///< as in `build_request`
    std::vector<std::string> device_folders;              ///< instead of the usual ones
    std::vector<std::string> secrets;  ///< `id=NAME[,src=FILE|,env=NAME][,type=file|env]`
    std::vector<std::string> ssh;      ///< `ID[=SOCKET|KEY[,KEY]]`
    std::vector<std::pair<std::string, std::string>> extra_hosts;  ///< name and address
    std::vector<resource_limit> limits;
    std::uint64_t shm_size = 0;  ///< bytes; 0 is the usual size
    std::string cgroup_parent;
    executor_kind executor = executor_kind::sandbox;
    std::vector<std::string> insecure_registries;
    std::vector<std::pair<std::string, std::string>> mirrors;  ///< registry and the host to pull from instead
    std::filesystem::path ca_file;
    std::filesystem::path git_access_token_file;  ///< for a repository whose URL has no password; empty for none
    bool base_indexes = false;   ///< believe the layer indexes that registries offer
    std::filesystem::path home;  ///< of the state; empty is that of the environment
    runner_address runner;
};

/// `acrx-quick index`.
struct index_options
{
    std::string image;
    bool push = false;      ///< also publish the index beside the image
    build_options connection;  ///< its platform, registries and state folder
};

/// `acrx-quick ls`.
struct list_options
{
    output_format format = output_format::table;
    std::filesystem::path home;
};

/// `acrx-quick inspect`.
struct inspect_options
{
    std::string image;  ///< a name, a digest, or the beginning of one
    output_format format = output_format::json;
    std::filesystem::path home;
};

/// What a state folder holds, by the words of `prune --filter type=` and `du`.
inline constexpr std::array<std::string_view, 7> storage_kinds{"image", "layer", "unpacked", "index", "mount", "download", "context"};

/// `acrx-quick prune`.
struct prune_options
{
    std::set<std::string> only;                      ///< of `storage_kinds`; empty for all
    bool all = false;                                ///< also what a later build could use again
    std::optional<std::chrono::seconds> older_than;  ///< only what was last written before
    std::optional<std::uint64_t> keep_storage;       ///< bytes of cached layers to leave
    output_format format = output_format::text;
    std::filesystem::path home;
};

/// `acrx-quick du`.
struct usage_options
{
    output_format format = output_format::table;
    std::filesystem::path home;
};
}  // namespace acrx::cli
#endif
