// What a mount of RUN takes from another place.
#ifndef ACRX_BUILD_DETAIL_MOUNT_INPUT_HPP
#define ACRX_BUILD_DETAIL_MOUNT_INPUT_HPP

#include <acrx/build/plan.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// The files of one mount, known before its step is looked up in the cache.
struct mount_input
{
    std::optional<selected_source> files;  ///< nothing if there are none, or if it is all of an image
    digest content;                        ///< what they amount to; empty if there are none
};

/// Where the files of a mount come from, and the path there; null if it has none.
struct mount_source
{
    file_origin const* origin = nullptr;
    std::string path;
};

inline mount_source source_of(run_mount const& mount)
{
    if (auto const* bind = std::get_if<bound_files>(&mount.what))
        return {bind->origin ? &*bind->origin : nullptr, bind->path};
    if (auto const* cache = std::get_if<cache_folder>(&mount.what))
        return {cache->origin ? &*cache->origin : nullptr, cache->path};
    return {};
}

/// What tells a cache from others: its id, and what it is when it is made.
inline std::string identity_of(cache_folder const& cache, digest const& first_content)
{
    auto identity = cache.id;
    if (cache.origin)
        return identity + "\n" + first_content.str();
    for (auto const& value : {cache.mode, cache.uid, cache.gid})
        identity += "\n" + (value ? std::to_string(*value) : std::string());
    return identity;
}

/// @throws error (`errc::not_found`) if a path names nothing
inline selected_source the_only(std::vector<selected_source> found, std::string const& path)
{
    if (found.size() != 1)
        throw error(errc::not_found, "failed to calculate checksum of ref context: \"" + path + "\"",
                    "Check the source of the mount, which is relative to the root of where it comes from.");
    return std::move(found.front());
}
}  // namespace acrx::detail
#endif
