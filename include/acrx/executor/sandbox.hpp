// The default step executor: namespaces, overlayfs, capabilities and seccomp, straight from the kernel.
#ifndef ACRX_EXECUTOR_SANDBOX_HPP
#define ACRX_EXECUTOR_SANDBOX_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/executor/step_executor.hpp>

#include <filesystem>
#include <string>

namespace acrx {
/// Runs steps isolated as container engines do it, in three to four milliseconds each; needs root (CAP_SYS_ADMIN) and
/// Linux 5.6 or later. That may be root of a user namespace, with Linux 5.11: see `enter_user_namespace`.
///
/// The step is process 1 of new mount, pid, ipc, uts and cgroup namespaces, and of a network one where it gets no
/// network. Its root is mounted only there, so nothing stays mounted however it or its starter ends; when it ends, the
/// kernel kills all that it started. It has the fourteen usual capabilities, the usual seccomp filter, and no
/// no_new_privs: sudo works. Standard output and error are one pipe, which keeps their order.
///
/// Why not bubblewrap: it always sets no_new_privs, which breaks setuid programs in steps, and takes on another user
/// with its groups only inside a user namespace.
///
/// Steps die with the thread that awaited `submit` (PR_SET_PDEATHSIG): that thread must live as long as they do. Only
/// a step whose first program is setuid outlives a killed starter.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited; its end kills
/// what runs.
class sandbox : private detail::step_table
{
public:
    /// @param state  a folder on a filesystem of this machine: `runs` with the logs and records, empty mount points
    /// @param closed_group  of `make_closed_group`, for steps in the network of this machine; empty for none
    explicit ACRX_DECL sandbox(std::filesystem::path state, std::string closed_group = {});

    /// @throws error (`errc::no_permission`) where the kernel refuses, naming the setting that forbids it
    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    using step_table::cancel;
    using step_table::forget;
    using step_table::list;
    using step_table::log;
    using step_table::observe;

private:
    std::filesystem::path state_;
    std::filesystem::path mount_points_;
    std::string closed_group_;
};
static_assert(step_executor<sandbox>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/sandbox.ipp>
#endif
#endif
