// Lets one build of this machine run a step while others that need the same one wait for its result.
#ifndef ACRX_BUILD_STEP_LOCK_HPP
#define ACRX_BUILD_STEP_LOCK_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <optional>
#include <utility>

namespace acrx {
/// The right to run the step of one key. The kernel takes it back when the object goes away, or its process ends.
///
/// All keys share one file: each locks a byte of it that its digest chooses among 2^62. Nothing has to be cleaned up.
/// @par Thread safety  distinct objects: safe, also for one key and in several processes
class step_lock
{
public:
    /// Nothing if another object holds it.
    /// @param file  made if it is missing @throws error if it cannot be made or locked
    static ACRX_DECL std::optional<step_lock> try_lock(std::filesystem::path const& file, digest const& key);
    /// Waits without blocking a thread; stops soon when cancelled.
    static ACRX_DECL net::awaitable<step_lock> wait(std::filesystem::path file, digest key);

private:
    explicit step_lock(unique_fd file) noexcept : file_(std::move(file)) {}
    unique_fd file_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/step_lock.ipp>
#endif
#endif
