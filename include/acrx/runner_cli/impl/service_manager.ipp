// Bodies of runner_cli/service_manager.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_SERVICE_MANAGER_IPP
#define ACRX_RUNNER_CLI_IMPL_SERVICE_MANAGER_IPP
#include <acrx/io/unique_fd.hpp>
#include <acrx/runner_cli/service_manager.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace acrx::cli {
ACRX_DECL void tell_service_manager(std::string_view message) noexcept
{
    auto const* path = std::getenv("NOTIFY_SOCKET");
    ::sockaddr_un address{};
    if (!path || (*path != '/' && *path != '@') || std::strlen(path) >= sizeof(address.sun_path))
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path, std::strlen(path));
    if (*path == '@')
        address.sun_path[0] = '\0';  // an abstract name
    unique_fd const socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto const length = static_cast<::socklen_t>(offsetof(::sockaddr_un, sun_path) + std::strlen(path));
    if (socket)
        ::sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
                 reinterpret_cast<::sockaddr const*>(&address), length);
}

ACRX_DECL std::optional<std::chrono::microseconds> watchdog_interval()
{
    auto const* text = std::getenv("WATCHDOG_USEC");
    auto const* pid = std::getenv("WATCHDOG_PID");
    if (!text || (pid && std::to_string(::getpid()) != pid))
        return std::nullopt;
    std::int64_t number = 0;
    auto const end = text + std::strlen(text);
    auto const read = std::from_chars(text, end, number);
    if (read.ptr != end || read.ec != std::errc() || number <= 0)
        return std::nullopt;
    return std::chrono::microseconds(number / 2);
}
}  // namespace acrx::cli
#endif
