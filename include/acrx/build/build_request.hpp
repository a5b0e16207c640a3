// What the caller of a build asks for, apart from the Dockerfile.
#ifndef ACRX_BUILD_BUILD_REQUEST_HPP
#define ACRX_BUILD_BUILD_REQUEST_HPP

#include <acrx/build/attestation_request.hpp>
#include <acrx/build/build_output.hpp>
#include <acrx/build/shared_cache.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/replacement/step_trace.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// What answers for `RUN --mount=type=ssh`: a running agent, or private keys that get an agent of their own.
struct ssh_agent_source
{
    std::filesystem::path socket;             ///< empty if there are keys
    std::vector<std::filesystem::path> keys;  ///< files without passphrase
};

/// The options of one build.
struct build_request
{
    std::map<std::string, std::string> build_args;
    std::set<std::string> secret_args;  ///< names in `build_args` whose values are shown nowhere
    std::string target;                 ///< stage name or number; empty is the last stage
    acrx::platform platform{.os = "linux", .architecture = "amd64", .variant = {}, .os_version = {}, .os_features = {}};
    acrx::platform build_platform = platform;  ///< of the machine that builds
    std::map<std::string, std::string> contexts;  ///< further ones: locations by `to_context_name`
    std::map<std::string, std::string> labels;  ///< win over those of the Dockerfile
    bool no_cache = false;                        ///< every step is run again
    std::vector<std::string> no_cache_stages;     ///< the same for the steps of these stages; names in any case
    std::vector<shared_cache> cache_from;         ///< caches to find steps in, beside that of this machine
    std::vector<shared_cache> cache_to;           ///< caches to save the steps of this build to
    std::size_t parallelism = 0;                  ///< steps that run at once; 0 is a number that fits this machine
    network_mode network = network_mode::host;  ///< of RUN steps that do not choose
    bool allow_host_network = false;  ///< the entitlement network.host: RUN --network=host
    bool allow_insecure = false;      ///< the entitlement security.insecure: RUN --security=insecure
    bool allow_devices = false;       ///< the entitlement device: RUN --device, whatever it names
    /// The same for devices, or kinds of them. What is only another name has the device that is meant as its value.
    std::map<std::string, std::string> allowed_devices;
    std::vector<std::filesystem::path> device_folders;  ///< of `device_interface`; empty means the usual ones
    std::vector<std::pair<std::string, std::string>> extra_hosts;  ///< name and address in /etc/hosts of RUN steps
    std::vector<resource_limit> limits;                            ///< of RUN steps
    step_rights rights = {};                                       ///< of those that are not privileged
    std::uint64_t shm_size = 0;                                    ///< bytes of their /dev/shm; 0 is the usual size
    std::string cgroup_parent;                                     ///< of their control groups; may be empty
    std::map<std::string, std::string> secrets;                    ///< values by id; they are stored nowhere
    std::map<std::string, ssh_agent_source> ssh_agents;            ///< by id
    std::optional<time_point> source_date_epoch;  ///< the time of everything new in the image
    bool rewrite_timestamp = false;  ///< what is later than `source_date_epoch` in new layers gets that time
    image_form form;
    bool squash = false;  ///< the layers that the build adds to a base become one
    attestation_request attestations;
    bool shared_indexes = false;  ///< believe the layer indexes that the registry of a base offers
    std::function<void(traced_step const&)> trace = {};  ///< told of each step, on the strand of the build; may be empty
    bool complete_store = false;  ///< fetch base layers that nothing needed, so that the local image is whole
};
}  // namespace acrx
#endif
