// Which state folder a command uses, and the lock that keeps prune and builds apart.
#ifndef ACRX_CLI_STATE_LOCK_HPP
#define ACRX_CLI_STATE_LOCK_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <filesystem>
#include <optional>
#include <utility>

namespace acrx::cli {
/// The folder given by `--home`, else that of the environment.
ACRX_DECL state_folder state_of(std::filesystem::path const& home);

/// The same, for commands that only look at what is there.
/// @throws error (`errc::not_found`) if a folder was given and does not exist
ACRX_DECL state_folder existing_state_of(std::filesystem::path const& home);

/// A lock on a state folder: many hold it shared, or one alone. The kernel gives it back when the process ends.
class state_lock
{
public:
    /// Waits while somebody has the folder alone. Makes the folder if it is missing.
    static ACRX_DECL state_lock shared(std::filesystem::path const& root);
    /// Nothing if others have the folder now.
    static ACRX_DECL std::optional<state_lock> try_alone(std::filesystem::path const& root);

private:
    explicit state_lock(unique_fd file) noexcept : file_(std::move(file)) {}
    unique_fd file_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/state_lock.ipp>
#endif
#endif
