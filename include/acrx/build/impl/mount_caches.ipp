// Bodies of build/mount_caches.hpp.
#ifndef ACRX_BUILD_IMPL_MOUNT_CACHES_IPP
#define ACRX_BUILD_IMPL_MOUNT_CACHES_IPP
#include <acrx/build/mount_caches.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>

namespace acrx {
namespace detail {
/// One of the siblings of a cache: the folder `data`, and beside it `lock`; `new` is what is being filled.
class cache_sibling
{
public:
    enum class state
    {
        free,    ///< now locked as wanted
        missing, ///< now locked, to be filled
        unripe,  ///< somebody else fills it
        busy,
    };

    explicit cache_sibling(std::filesystem::path folder) : folder_(std::move(folder))
    {
        std::filesystem::create_directories(folder_);
        lock_ = unique_fd(::open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (!lock_)
            throw_file_errno("opening the lock of the cache " + folder_.string());
    }

    state try_hold(cache_sharing sharing)
    {
        bool const there = exists();
        bool const locked = try_lock(there && sharing == cache_sharing::shared ? LOCK_SH : LOCK_EX);
        if (there)
            return locked ? state::free : state::busy;
        if (!locked)
            return state::unripe;
        // It may have been filled between our two looks.
        if (exists()) {
            ::flock(lock_.get(), LOCK_UN);
            return state::unripe;
        }
        remove_tree(fresh());
        std::filesystem::create_directory(fresh());
        return state::missing;
    }

    std::filesystem::path data() const { return folder_ / "data"; }
    std::filesystem::path fresh() const { return folder_ / "new"; }
    unique_fd take_lock() { return std::move(lock_); }

private:
    bool exists() const
    {
        std::error_code failed;
        return std::filesystem::exists(data(), failed);
    }

    bool try_lock(int how) const
    {
        while (::flock(lock_.get(), how | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                return false;
            if (errno != EINTR)
                throw_errno("locking the cache " + folder_.string());
        }
        return true;
    }

    std::filesystem::path folder_;
    unique_fd lock_;
};
}  // namespace detail

ACRX_DECL void held_cache::seal()
{
    auto const ready = folder_.parent_path() / "data";
    if (::rename(folder_.c_str(), ready.c_str()) != 0)
        throw_file_errno("keeping the cache " + ready.string());
    lock_.reset();
}

ACRX_DECL net::awaitable<held_cache> mount_caches::hold(std::string identity, cache_sharing sharing) const
{
    using state = detail::cache_sibling::state;
    auto const folder = root_ / std::string(digest_of(identity).encoded().substr(0, 32));
    net::steady_timer pause(co_await net::this_coro::executor);
    for (int number = 0;;) {
        detail::cache_sibling sibling(folder / std::to_string(number));
        auto const now = sibling.try_hold(sharing);
        if (now == state::free) {
            ::utimensat(AT_FDCWD, folder.c_str(), nullptr, 0);  // when it was used last, for prune
            co_return held_cache(sibling.data(), sibling.take_lock(), false);
        }
        if (now == state::missing)
            co_return held_cache(sibling.fresh(), sibling.take_lock(), true);
        bool const waits = sharing == cache_sharing::locked || (now == state::unripe && sharing == cache_sharing::shared);
        if (!waits) {
            ++number;
            continue;
        }
        pause.expires_after(std::chrono::milliseconds(20));
        co_await pause.async_wait(net::use_awaitable);
    }
}
}  // namespace acrx
#endif
