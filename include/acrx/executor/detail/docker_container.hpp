// A step's specification as the Docker Engine API wants to hear it.
#ifndef ACRX_EXECUTOR_DETAIL_DOCKER_CONTAINER_HPP
#define ACRX_EXECUTOR_DETAIL_DOCKER_CONTAINER_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_executor.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// Names of labels that tell our containers and networks from others.
inline constexpr char const* docker_step_label = "acrx.step";
inline constexpr char const* docker_run_label = "acrx.run";
inline constexpr char const* docker_state_label = "acrx.state";
/// Of networks that are kept from the metadata service of the machine, by rules of our own.
inline constexpr char const* docker_closed_label = "acrx.metadata";

/// What a container is called: `acrx-RUN-STEP-ATTEMPT`.
ACRX_DECL std::string docker_name(step_key const& key);
/// The engine's name of a network of a run.
ACRX_DECL std::string docker_network_name(std::string const& run, std::string const& name);

/// The subnets and the gateway of a network.
struct docker_subnets
{
    std::vector<std::string> all;
    std::string gateway;  ///< of IPv4; empty for none
};
/// @param network  as NetworkInspect describes it
ACRX_DECL docker_subnets docker_subnets_of(boost::json::value const& network);

/// Files in memory that a container is shown: the API knows none, so they are in a memory filesystem of this machine.
class docker_secrets
{
public:
    docker_secrets() = default;
    docker_secrets(docker_secrets&& other) noexcept : folder_(std::move(other.folder_)) { other.folder_.clear(); }
    docker_secrets& operator=(docker_secrets&&) = delete;
    /// Removes the files.
    ACRX_DECL ~docker_secrets();
    /// Writes a file. @return where it is
    ACRX_DECL std::filesystem::path add(memory_file const& file);
    /// Removes what processes that live no more left.
    static ACRX_DECL void reap();

private:
    std::filesystem::path folder_;
    int count_ = 0;
};

/// The body of ContainerCreate (Docker Engine API 1.41).
/// @param state    of the executor, for a label
/// @param secrets  takes the files in memory
/// @throws error (`errc::invalid_argument`) without an image, (`errc::not_supported`) for stacks of folders
ACRX_DECL boost::json::object docker_container(step_spec const& spec, step_key const& key,
                                               std::filesystem::path const& state, docker_secrets& secrets);
/// The ports in the answer of ContainerInspect.
ACRX_DECL std::vector<published_port> docker_ports(boost::json::value const& container);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/docker_container.ipp>
#endif
#endif
