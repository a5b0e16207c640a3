// Names runs: short words that are unique and increase in one state folder.
#ifndef ACRX_CLI_RUN_ID_HPP
#define ACRX_CLI_RUN_ID_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <string>

namespace acrx::cli {
/// The id of the next run, as `run_id_of` makes it. Any number of processes may ask at once; each gets its own.
/// @param runs  folder that holds the counter; made if missing
/// @throws error
ACRX_DECL std::string next_run_id(std::filesystem::path const& runs);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/run_id.ipp>
#endif
#endif
