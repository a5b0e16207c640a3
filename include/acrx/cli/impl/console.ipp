// Bodies of cli/console.hpp.
#ifndef ACRX_CLI_IMPL_CONSOLE_IPP
#define ACRX_CLI_IMPL_CONSOLE_IPP
#include <acrx/cli/console.hpp>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace acrx::cli {
ACRX_DECL void text_stream::write(std::string_view text) noexcept
{
    while (!text.empty() && !failure_) {
        auto const count = ::write(descriptor_, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            pollfd ready{descriptor_, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            failure_ = error_code(errno, boost::system::system_category());
        }
    }
}

ACRX_DECL bool text_stream::is_terminal() const noexcept
{
    char const* kind = std::getenv("TERM");
    return ::isatty(descriptor_) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

ACRX_DECL terminal_size text_stream::size() const noexcept
{
    winsize now{};
    if (::ioctl(descriptor_, TIOCGWINSZ, &now) != 0 || now.ws_col == 0 || now.ws_row == 0)
        return {};
    return {now.ws_col, now.ws_row};
}

ACRX_DECL bool text_stream::has_colours() const noexcept
{
    char const* refused = std::getenv("NO_COLOR");
    return is_terminal() && (refused == nullptr || *refused == '\0');
}
}  // namespace acrx::cli
#endif
