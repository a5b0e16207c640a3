// Bodies of snapshot/path_walk.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_PATH_WALK_IPP
#define ACRX_SNAPSHOT_IMPL_PATH_WALK_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/path_walk.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace acrx {
namespace detail {
/// Puts the names of a text in front of those to be walked, which lie last first. A slash at the end leaves an empty
/// name: it asks for a folder.
inline void push_names(std::vector<std::string_view>& pending, std::string_view text)
{
    auto const first = static_cast<std::ptrdiff_t>(pending.size());
    for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(std::min(end + 1, text.size()))) {
        end = text.find('/');
        pending.push_back(text.substr(0, end));
    }
    std::reverse(pending.begin() + first, pending.end());
}
}  // namespace detail

ACRX_DECL walked_path walk_path(std::string_view path, bool follow_last,
                                std::function<walked_place(std::string const& path)> const& look)
{
    constexpr int link_limit = 255;
    walked_path walked;
    std::vector<std::string_view> pending;
    detail::push_names(pending, path);
    bool is_folder = true;
    for (int links = 0; !pending.empty();) {
        auto const name = pending.back();
        pending.pop_back();
        walked.is_whole = walked.is_whole && is_folder;  // only a folder can be gone through, even to come back by ".."
        auto& at = walked.path;
        if (name == "..") {
            at.resize(at.rfind('/') == std::string::npos ? 0 : at.rfind('/'));
            is_folder = true;
        }
        if (name.empty() || name == "." || name == "..")
            continue;
        auto const parent = at.size();
        at.append(at.empty() ? "" : "/").append(name);
        auto const place = look(at);
        if (place.link && (follow_last || !pending.empty())) {
            if (++links > link_limit)
                throw error(errc::outside_root, "resolving " + std::string(path) + ": too many levels of symbolic links");
            at.resize(place.link->starts_with('/') ? 0 : parent);
            detail::push_names(pending, *place.link);
            continue;
        }
        is_folder = place.is_folder;
        walked.is_whole = walked.is_whole && place.is_there;
    }
    return walked;
}
}  // namespace acrx
#endif
