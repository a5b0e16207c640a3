// Bodies of build/step_lock.hpp.
#ifndef ACRX_BUILD_IMPL_STEP_LOCK_IPP
#define ACRX_BUILD_IMPL_STEP_LOCK_IPP
#include <acrx/build/step_lock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>

namespace acrx {
namespace detail {
/// The byte that stands for a key: any offset up to the largest that a file may have.
inline off_t byte_of(digest const& key)
{
    auto const text = key.encoded().substr(0, 16);
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return static_cast<off_t>(number >> 2);
}
}  // namespace detail

ACRX_DECL std::optional<step_lock> step_lock::try_lock(std::filesystem::path const& file, digest const& key)
{
    unique_fd opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!opened)
        throw_file_errno("locking " + file.string());
    struct flock range{};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = detail::byte_of(key);
    range.l_len = 1;
    if (::fcntl(opened.get(), F_OFD_SETLK, &range) == 0)
        return step_lock(std::move(opened));
    if (errno != EAGAIN && errno != EACCES)
        throw_file_errno("locking " + file.string());
    return std::nullopt;
}

ACRX_DECL net::awaitable<step_lock> step_lock::wait(std::filesystem::path file, digest key)
{
    net::steady_timer pause(co_await net::this_coro::executor);
    for (std::chrono::milliseconds length{5};; length = std::min(2 * length, std::chrono::milliseconds(100))) {
        if (auto lock = try_lock(file, key))
            co_return std::move(*lock);
        pause.expires_after(length);
        co_await pause.async_wait(net::use_awaitable);
    }
}
}  // namespace acrx
#endif
