// Removes from a state folder what no named image needs.
#ifndef ACRX_CLI_PRUNE_STORE_HPP
#define ACRX_CLI_PRUNE_STORE_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace acrx::cli {
/// What was removed, by kind.
struct pruned
{
    std::size_t manifests = 0;  ///< entries without a name
    std::size_t blobs = 0;
    std::size_t cache_entries = 0;
    std::size_t downloads = 0;        ///< files of ADD, and notes about them
    std::size_t cache_mounts = 0;  ///< folders of RUN --mount=type=cache
    std::size_t context_pieces = 0;   ///< that clients sent to a runner
    std::size_t unpacked_layers = 0;
    std::size_t indexes = 0;
    std::size_t abandoned = 0;  ///< what crashed processes left
    std::uint64_t bytes = 0;
};

/// Keeps what named images refer to, and unless told otherwise the cache and its layers.
///
/// Entries of the cache go if `all`, if they are older than `older_than`, if their layer is gone, and what was used
/// longest ago first until the cached layers fit into `keep_storage`. With `only`, nothing goes that is of another kind.
/// Folders of cache mounts and pieces of contexts go if `all`, or if their last use is older than `older_than`. With `older_than`, what is younger stays in any case.
/// Takes the folder alone. @throws error with the code of EBUSY if builds are running
ACRX_DECL pruned prune_store(state_folder const& state, prune_options const& options, time_point now);

ACRX_DECL std::string prune_text(pruned const& removed, output_format format);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/prune_store.ipp>
#endif
#endif
