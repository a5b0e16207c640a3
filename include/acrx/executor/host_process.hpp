// The step executor without isolation: processes of this machine.
#ifndef ACRX_EXECUTOR_HOST_PROCESS_HPP
#define ACRX_EXECUTOR_HOST_PROCESS_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/executor/step_executor.hpp>

namespace acrx {
/// Runs steps as plain processes, with the arguments, environment, working folder and time limit of their
/// specification, and nothing else of it: for trusted commands, and for tests.
///
/// A step ends with its main process; what remains of its process group is killed then. A process that leaves the
/// group escapes: use `sandbox` where that matters. Steps die with the thread that submitted them.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited.
class host_process
{
public:
    /// @param state  takes a folder `runs` with the logs and records of the steps
    explicit ACRX_DECL host_process(std::filesystem::path const& state);

    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    net::awaitable<step_state> observe(step_key key) { return steps_.observe(std::move(key)); }
    net::awaitable<step_output> log(step_key key, std::uint64_t offset) { return steps_.log(std::move(key), offset); }
    net::awaitable<void> cancel(step_key key, std::chrono::milliseconds grace)
    {
        return steps_.cancel(std::move(key), grace);
    }
    net::awaitable<std::vector<step_key>> list(std::string prefix) { return steps_.list(std::move(prefix)); }
    net::awaitable<void> forget(step_key key) { return steps_.forget(std::move(key)); }

private:
    detail::step_table steps_;
};
static_assert(step_executor<host_process>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/host_process.ipp>
#endif
#endif
