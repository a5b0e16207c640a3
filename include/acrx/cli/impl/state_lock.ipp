// Bodies of cli/state_lock.hpp.
#ifndef ACRX_CLI_IMPL_STATE_LOCK_IPP
#define ACRX_CLI_IMPL_STATE_LOCK_IPP
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/error.hpp>

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

namespace acrx::cli {
namespace detail {
inline unique_fd open_state_lock(std::filesystem::path const& root)
{
    std::error_code failed;
    std::filesystem::create_directories(root, failed);
    if (failed)
        throw error(error_code(failed.value(), boost::system::system_category()), "making the folder " + root.string(),
                    "Set ACRX_HOME, or --home, to a folder that you may write to.");
    auto const path = root / "state.lock";
    unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file)
        throw_errno("opening " + path.string());
    return file;
}
}  // namespace detail

ACRX_DECL state_folder state_of(std::filesystem::path const& home)
{
    return home.empty() ? state_folder::of_environment() : state_folder(std::filesystem::absolute(home));
}

ACRX_DECL state_folder existing_state_of(std::filesystem::path const& home)
{
    std::error_code failed;
    if (!home.empty() && !std::filesystem::exists(home, failed))
        throw error(errc::not_found, "the state folder " + home.string(), "--home names one that a build has made.");
    return state_of(home);
}

ACRX_DECL state_lock state_lock::shared(std::filesystem::path const& root)
{
    auto file = detail::open_state_lock(root);
    while (::flock(file.get(), LOCK_SH) != 0)
        if (errno != EINTR)
            throw_errno("locking " + root.string());
    return state_lock(std::move(file));
}

ACRX_DECL std::optional<state_lock> state_lock::try_alone(std::filesystem::path const& root)
{
    auto file = detail::open_state_lock(root);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
        return state_lock(std::move(file));
    if (errno != EWOULDBLOCK)
        throw_errno("locking " + root.string());
    return std::nullopt;
}
}  // namespace acrx::cli
#endif
