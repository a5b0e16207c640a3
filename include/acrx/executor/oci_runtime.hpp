// The step executor over an OCI runtime of this machine: crun or runc.
#ifndef ACRX_EXECUTOR_OCI_RUNTIME_HPP
#define ACRX_EXECUTOR_OCI_RUNTIME_HPP

#include <acrx/core/async_once.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/executor/step_executor.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace acrx {
/// Runs each step as a container of an OCI runtime, isolated like those of `sandbox`, in 10 to 30 milliseconds; needs
/// root.
///
/// The runtime itself is process 1 of a mount and a process namespace that are made for it: the root is mounted only
/// there, its own state is in a memory filesystem, and with it all ends. The first step tries crun, then runc, by a
/// container that does nothing, and the choice is kept. Crun makes no control groups; those of runc are removed with
/// the step.
///
/// Steps die with the thread that awaited `submit`: that thread must live as long as they do.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited; its end kills
/// what runs.
class oci_runtime
{
public:
    /// @param state    a folder on a filesystem of this machine: `runs` with the logs and records, empty mount points
    /// @param program  the runtime to use; empty looks for crun and runc in our PATH
    explicit ACRX_DECL oci_runtime(std::filesystem::path state, std::filesystem::path program = {});

    /// @throws error (`errc::not_found`) if there is no runtime that works here, with what each said
    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    net::awaitable<step_state> observe(step_key key) { return steps_.observe(std::move(key)); }
    net::awaitable<step_output> log(step_key key, std::uint64_t offset) { return steps_.log(std::move(key), offset); }
    net::awaitable<void> cancel(step_key key, std::chrono::milliseconds grace)
    {
        return steps_.cancel(std::move(key), grace);
    }
    net::awaitable<std::vector<step_key>> list(std::string prefix) { return steps_.list(std::move(prefix)); }
    ACRX_DECL net::awaitable<void> forget(step_key key);

    /// The runtime in use, tried out if need be.
    ACRX_DECL net::awaitable<std::filesystem::path> program();

private:
    net::awaitable<void> start(std::filesystem::path const& program, step_spec const& spec, step_key const& key,
                               bool probe);
    net::awaitable<std::string> try_out(std::filesystem::path const& program);
    net::awaitable<std::filesystem::path> find_program();

    std::filesystem::path state_;
    std::filesystem::path stub_;
    std::filesystem::path forced_;
    std::unique_ptr<async_once<std::filesystem::path>> program_;  ///< steps that start side by side try it out once
    detail::step_table steps_;
};
static_assert(step_executor<oci_runtime>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/oci_runtime.ipp>
#endif
#endif
