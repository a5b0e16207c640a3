// What the processes of a step may do: capabilities, system calls, paths of the kernel.
#ifndef ACRX_EXECUTOR_STEP_RIGHTS_HPP
#define ACRX_EXECUTOR_STEP_RIGHTS_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace acrx {
/// The rights of a step that is not privileged; as they stand here, they are those that container engines grant.
struct step_rights
{
    static constexpr std::uint64_t usual_capabilities = 0xa80425fb;

    std::uint64_t capabilities = usual_capabilities;  ///< one bit each, by number, as /proc/PID/status shows them
    bool filtered = true;                             ///< system calls, by the usual seccomp profile for these capabilities
    bool masked = true;                               ///< what tells of, or changes, this machine in /proc and /sys
    bool no_new_privileges = false;                   ///< setuid programs and file capabilities give nothing

    bool operator==(step_rights const&) const = default;
};

/// The capabilities of `--cap-add` and `--cap-drop`: names with or without `CAP_` in any case, or `ALL`.
/// What is added wins over a dropped `ALL`; otherwise what is dropped wins.
/// @throws error (`errc::invalid_argument`) for an unknown name
ACRX_DECL std::uint64_t changed_capabilities(std::span<std::string const> added, std::span<std::string const> dropped);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/step_rights.ipp>
#endif
#endif
