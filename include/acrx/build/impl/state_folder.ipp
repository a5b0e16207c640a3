// Bodies of build/state_folder.hpp.
#ifndef ACRX_BUILD_IMPL_STATE_FOLDER_IPP
#define ACRX_BUILD_IMPL_STATE_FOLDER_IPP
#include <acrx/build/state_folder.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <cstdlib>
#include <utility>

namespace acrx {
namespace detail {
/// Nothing for root of the machine.
inline std::string name_of_ids()
{
    if (!may_run_steps())
        return "-contents";
    if (is_first_user_namespace())
        return {};
    std::string text;
    for (auto const* map : {"uid_map", "gid_map"})
        for (auto const& range : own_ids(map))
            text += std::to_string(range.inside) + " " + std::to_string(range.outside) + " " + std::to_string(range.count) + ",";
    return "-" + std::string(digest_of(text).encoded().substr(0, 8));
}
}  // namespace detail

ACRX_DECL state_folder::state_folder(std::filesystem::path root) : root_(std::move(root)), owners_(detail::name_of_ids())
{}

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
    if (!is_ordinary_user())
        return state_folder("/var/lib/acrx");
    if (auto const home = variable("HOME"); !home.empty())
        return state_folder(home / ".local/share/acrx");
    throw error(errc::not_found, "finding the state folder", "Set ACRX_HOME to a folder that you may write to.");
}
}  // namespace acrx
#endif
