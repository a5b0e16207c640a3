// The step executor over an OCI runtime of this machine: crun or runc.
#ifndef ACRX_EXECUTOR_OCI_RUNTIME_HPP
#define ACRX_EXECUTOR_OCI_RUNTIME_HPP

#include <acrx/core/async_once.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/container_executor.hpp>
#include <acrx/executor/detail/run_networks.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/executor/run_network.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace acrx {
/// Runs each step as a container of an OCI runtime, isolated like those of `sandbox`, in 10 to 30 milliseconds; needs
/// root.
///
/// The runtime itself is process 1 of a mount and a process namespace that are made for it: the root is mounted only
/// there, its own state is in a memory filesystem, and with it all ends. The first step tries crun, then runc, by a
/// container that does nothing, and the choice is kept until the machine starts anew or the runtime changes. Crun makes
/// no control groups; those of runc are removed with the step.
///
/// Steps join networks of their run (`network_mode::joined`), by namespaces that the runtime is started in.
///
/// Steps die with the thread that awaited `submit`: that thread must live as long as they do.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited; its end kills
/// what runs.
class oci_runtime : private detail::step_table
{
public:
    /// @param state    a folder on a filesystem of this machine: `runs` with the logs and records, empty mount points
    /// @param program  the runtime to use; empty looks for crun and runc in our PATH
    /// @param options  of the networks that steps join
    explicit ACRX_DECL oci_runtime(std::filesystem::path state, std::filesystem::path program = {},
                                   network_options options = {});

    /// @throws error (`errc::not_found`) if there is no runtime that works here, with what each said, or no such network
    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    using step_table::cancel;
    using step_table::list;
    using step_table::log;
    using step_table::observe;
    ACRX_DECL net::awaitable<void> forget(step_key key);

    /// Declares a network, which is made when the first step joins it: see `run_network`.
    /// @throws error (`errc::not_supported`) for IPv6 and for drivers but `bridge`
    ACRX_DECL net::awaitable<void> make_network(std::string run, network_spec network);
    ACRX_DECL net::awaitable<std::vector<published_port>> published_ports(step_key key);
    ACRX_DECL net::awaitable<void> end_run(std::string run);
    ACRX_DECL net::awaitable<std::vector<step_key>> reap();
    /// A declared network, to ask what it is. @throws error (`errc::not_found`)
    ACRX_DECL run_network const& network(std::string const& run, std::string const& name) const;

    /// What steps in this network lack, for a log; empty if nothing, or if no step has joined it.
    ACRX_DECL std::string what_lacks(std::string const& run, std::string const& name) const;

    /// The runtime in use, tried out if need be.
    ACRX_DECL net::awaitable<std::filesystem::path> program();

private:
    net::awaitable<void> start(std::filesystem::path const& program, step_spec spec, step_key const& key, bool probe);
    net::awaitable<void> launch_container(std::filesystem::path const& program, step_spec spec, step_key const& key,
                                          bool probe, detail::step_folder folder);
    net::awaitable<std::string> try_out(std::filesystem::path const& program);
    net::awaitable<std::filesystem::path> find_program();

    std::filesystem::path state_;
    std::filesystem::path mount_points_;
    std::filesystem::path forced_;
    std::unique_ptr<async_once<std::filesystem::path>> program_;  ///< steps that start side by side try it out once
    std::shared_ptr<detail::run_networks> networks_;              ///< steps that end give back their places
};
static_assert(container_executor<oci_runtime>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/oci_runtime.ipp>
#endif
#endif
