// Judges the `--mount` of a RUN: from the fields as written to what the step needs.
#ifndef ACRX_BUILD_DETAIL_RUN_MOUNT_READER_HPP
#define ACRX_BUILD_DETAIL_RUN_MOUNT_READER_HPP

#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/mount.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::detail {
/// What the meaning of a mount depends on.
struct mount_surroundings
{
    std::function<std::string(std::string_view)> expand;  ///< puts variables in
    std::string working_dir = "/";
    std::string cache_namespace;         ///< in front of the ids of caches
    std::size_t sockets_before = 0;      ///< mounts of type ssh that the same RUN has before this one
    std::optional<file_origin> origin;   ///< what the field `from` names, if it is there and not `scratch`
};

/// @throws dockerfile::parse_error (`errc::invalid_instruction`) without a place, for a field or value that is wrong
ACRX_DECL run_mount read_run_mount(dockerfile::mount const& written, mount_surroundings const& around);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/run_mount_reader.ipp>
#endif
#endif
