// The files that steps find in their HOME, which may change while they run.
#ifndef ACRX_TASK_HOME_FILES_HPP
#define ACRX_TASK_HOME_FILES_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace acrx {
/// Texts by path, and the HOME of the run that goes on. Copies share both.
/// @par Thread safety  copies of one: one strand
class home_files
{
public:
    /// Sets what a run begins with. @param path  relative to HOME
    ACRX_DECL void set(std::filesystem::path const& path, std::string text);
    /// Changes a file, and the one of the run that goes on, which steps may have changed and see changed.
    ///
    /// A link that steps have put there is not followed: it becomes a file, if it was the file itself.
    /// @param change  from what the file holds to what it is to hold; from an empty text if there is none
    /// @throws error (`errc::outside_root`) if steps have made a link of its folder; if it cannot be written
    ACRX_DECL void update(std::filesystem::path const& path, std::function<std::string(std::string const&)> const& change);

    /// Writes the files into the HOME of a run, before it has steps. @throws error
    ACRX_DECL void attach(std::filesystem::path home);
    /// Leaves the HOME as it is from now on.
    ACRX_DECL void detach() noexcept;

private:
    struct state
    {
        std::map<std::filesystem::path, std::string> texts;
        std::filesystem::path home;  ///< empty if no run goes on
    };
    std::shared_ptr<state> state_ = std::make_shared<state>();
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/home_files.ipp>
#endif
#endif
