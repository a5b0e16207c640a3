// Makes the root of a step inside its new mount namespace. Only async-signal-safe calls.
#ifndef ACRX_EXECUTOR_DETAIL_NEW_ROOT_HPP
#define ACRX_EXECUTOR_DETAIL_NEW_ROOT_HPP

#include <acrx/executor/detail/launch_plan.hpp>

namespace acrx::detail {
inline constexpr int launch_report_descriptor = 3;

/// Tells the parent at which stage, with which errno, and ends the process.
[[noreturn]] ACRX_DECL void fail(launch_stage stage, std::size_t entry = 0) noexcept;
/// Mounts and enters the root of the plan, if it has one, and goes to its working folder.
ACRX_DECL void make_root(launch_plan const& plan) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/new_root.ipp>
#endif
#endif
