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
class host_process : private detail::step_table
{
public:
    /// @param state  takes a folder `runs` with the logs and records of the steps
    explicit ACRX_DECL host_process(std::filesystem::path const& state);

    ACRX_DECL net::awaitable<void> submit(step_spec spec, step_key key);
    using step_table::cancel;
    using step_table::forget;
    using step_table::list;
    using step_table::log;
    using step_table::observe;
};
static_assert(step_executor<host_process>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/host_process.ipp>
#endif
#endif
