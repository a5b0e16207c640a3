// Bodies of build/state_folder.hpp.
#ifndef ACRX_BUILD_IMPL_STATE_FOLDER_IPP
#define ACRX_BUILD_IMPL_STATE_FOLDER_IPP
#include <acrx/build/state_folder.hpp>
#include <acrx/core/error.hpp>

#include <unistd.h>

#include <cstdlib>

namespace acrx {
ACRX_DECL state_folder state_folder::of_environment()
{
    auto const variable = [](char const* name) -> std::filesystem::path {
        char const* value = std::getenv(name);
        return value != nullptr ? value : "";
    };
    if (auto const home = variable("ACRX_HOME"); !home.empty())
        return state_folder(std::filesystem::absolute(home));
    if (auto const data = variable("XDG_DATA_HOME"); !data.empty())
        return state_folder(data / "acrx");
    if (::geteuid() == 0)
        return state_folder("/var/lib/acrx");
    if (auto const home = variable("HOME"); !home.empty())
        return state_folder(home / ".local/share/acrx");
    throw error(errc::not_found, "finding the state folder", "Set ACRX_HOME to a folder that you may write to.");
}
}  // namespace acrx
#endif
