// Tells systemd how a service stands (sd_notify, without its library).
#ifndef ACRX_RUNNER_CLI_SERVICE_MANAGER_HPP
#define ACRX_RUNNER_CLI_SERVICE_MANAGER_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace acrx::cli {
/// Sends a message such as `READY=1` to the socket in `$NOTIFY_SOCKET`; does nothing without one. A manager that does
/// not listen is no error.
ACRX_DECL void tell_service_manager(std::string_view message) noexcept;
/// How often the manager wants `WATCHDOG=1`: half of `$WATCHDOG_USEC`; nothing if it does not.
ACRX_DECL std::optional<std::chrono::microseconds> watchdog_interval();
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/service_manager.ipp>
#endif
#endif
