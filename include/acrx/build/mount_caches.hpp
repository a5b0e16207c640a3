// The folders behind `RUN --mount=type=cache`: kept between builds, shared between processes.
#ifndef ACRX_BUILD_MOUNT_CACHES_HPP
#define ACRX_BUILD_MOUNT_CACHES_HPP

#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <string>
#include <utility>

namespace acrx {
/// One cache folder in use. Others see that it is until the object goes away, or its process ends, however it ends.
class held_cache
{
public:
    held_cache() = default;  ///< holds nothing
    /// What a step mounts; of a new cache an empty folder that nobody else sees.
    std::filesystem::path const& folder() const noexcept { return folder_; }
    /// Whether the cache has to be filled first, and then sealed.
    bool is_new() const noexcept { return is_new_; }
    /// Makes a filled folder the cache, and gives it back: it has to be held anew.
    ACRX_DECL void seal();

private:
    friend class mount_caches;
    held_cache(std::filesystem::path folder, unique_fd lock, bool is_new)
        : folder_(std::move(folder)), lock_(std::move(lock)), is_new_(is_new)
    {}

    std::filesystem::path folder_;
    unique_fd lock_;
    bool is_new_ = false;
};

/// All cache folders of this machine. A value; objects on one folder, also in several processes, know of each other.
class mount_caches
{
public:
    /// @param root  made when the first cache is
    explicit mount_caches(std::filesystem::path root) : root_(std::move(root)) {}

    /// Waits until the cache may be used as `sharing` says, or has to be made. A cache that is in use otherwise gets a
    /// sibling, which later steps find too.
    ///
    /// @param identity  what tells this cache from others
    /// @throws error    if its folder cannot be made or locked
    /// Stops soon when cancelled.
    ACRX_DECL net::awaitable<held_cache> hold(std::string identity, cache_sharing sharing) const;

private:
    std::filesystem::path root_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/mount_caches.ipp>
#endif
#endif
