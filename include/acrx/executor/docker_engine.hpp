// The step executor over the Docker Engine API: dockerd, or podman's service of the same form.
#ifndef ACRX_EXECUTOR_DOCKER_ENGINE_HPP
#define ACRX_EXECUTOR_DOCKER_ENGINE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/container_executor.hpp>
#include <acrx/executor/detail/docker_api.hpp>
#include <acrx/executor/detail/metadata_listener.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/io/files.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// Where the engine of this machine listens: DOCKER_HOST if it is a `unix://` one, else the first that exists of
/// /run/docker.sock, /run/podman/podman.sock; else /run/docker.sock.
ACRX_DECL std::filesystem::path default_docker_socket();

/// Runs each step as a container of an engine that keeps images itself: a step names `image` instead of `root`.
///
/// Names of users are the engine's to look up: `user`, not `uid`. A step without arguments runs what its image says.
/// Mounts need an engine on this machine. Containers and networks carry labels with their run, their step and the state
/// folder, so that `reap` knows them.
///
/// Containers are removed when they have ended; those that run when the object ends are killed if the execution context
/// goes on, and else are left to `end_run` or `reap`.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited.
class docker_engine : private detail::step_table
{
public:
    /// @param state   takes `runs` with the logs and records of the steps, and locks of the runs
    /// @param socket  of the engine; empty is `default_docker_socket()`
    /// @param metadata  stands for the metadata service of the machine's cloud, which steps do not reach then; without,
    ///                  they do
    explicit ACRX_DECL docker_engine(std::filesystem::path state, std::filesystem::path socket = {},
                                     std::optional<metadata_service> metadata = {});

    /// @throws error with the engine's words if it cannot make the container: `errc::not_found` for an unknown image;
    ///         (`errc::not_supported`) in the network of this machine if there is a metadata service
    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    using step_table::cancel;
    using step_table::forget;
    using step_table::list;
    using step_table::log;
    using step_table::observe;

    /// @throws error (`errc::not_supported`) for drivers but `bridge` if there is a metadata service, (`errc::unavailable`)
    ///         if the machine's own cannot be kept from the network
    ACRX_DECL net::awaitable<void> make_network(std::string run, network_spec network);
    ACRX_DECL net::awaitable<std::vector<published_port>> published_ports(step_key key);
    ACRX_DECL net::awaitable<void> end_run(std::string run);
    ACRX_DECL net::awaitable<std::vector<step_key>> reap();

    /// The version of the API that is spoken, such as `1.41`.
    ACRX_DECL net::awaitable<std::string> version();
    /// Pulls an image into the engine. @throws error with the engine's words
    ACRX_DECL net::awaitable<void> pull(std::string reference, std::optional<credential> login = {});
    /// Gives the engine the images of an archive: of `docker save`, for most engines also an OCI layout.
    /// @return what the engine said, with the names of the images
    ACRX_DECL net::awaitable<std::string> load(std::filesystem::path archive);
    ACRX_DECL net::awaitable<bool> has_image(std::string name);
    /// The configuration of an image that the engine has; nothing if it has not.
    ACRX_DECL net::awaitable<std::optional<image_config>> find_image(std::string reference);

private:
    net::awaitable<void> create(step_spec const& spec, step_key const& key, detail::step_folder folder);
    net::awaitable<void> remove_labelled(std::string label);
    net::awaitable<void> serve_metadata(std::string run, std::string network);
    net::awaitable<void> end_metadata(std::string run);
    net::awaitable<void> end_run_now(std::string run);

    std::filesystem::path state_;
    detail::docker_api engine_;
    std::optional<metadata_service> metadata_;
    std::map<std::pair<std::string, std::string>, detail::metadata_listener> served_;  ///< by run and network
    std::map<std::string, file_lock> runs_;  ///< held while the run may have networks
};
static_assert(image_keeper<docker_engine>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/docker_engine.ipp>
#endif
#endif
