// Tells what a state folder holds and how much space that takes up.
#ifndef ACRX_CLI_DISK_USAGE_HPP
#define ACRX_CLI_DISK_USAGE_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace acrx::cli {
/// All there is of one kind.
struct usage_line
{
    std::string kind;   ///< of `storage_kinds`, or `other`
    std::size_t count = 0;
    std::uint64_t bytes = 0;
    std::uint64_t reclaimable = 0;  ///< bytes that no named image needs: what `prune --all` gives back
};

/// One line a kind, in the order of `storage_kinds`. Builds may go on meanwhile; what changes under way may be missed.
/// A layer of an image that the cache has too is counted as the image's.
ACRX_DECL std::vector<usage_line> disk_usage(state_folder const& state);
ACRX_DECL std::string usage_text(std::vector<usage_line> const& lines, output_format format);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/disk_usage.ipp>
#endif
#endif
