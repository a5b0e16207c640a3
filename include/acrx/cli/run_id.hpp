// Names runs: short words that are unique and increase in one state folder.
#ifndef ACRX_CLI_RUN_ID_HPP
#define ACRX_CLI_RUN_ID_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace acrx::cli {
/// The name of the `number`-th run, from 1: `ca1`, `ca2`, … `caz`, `cb0`, … `c100`. Small letters and digits, begins
/// with a letter; of two names, the longer is the later, and of equally long ones the greater.
ACRX_DECL std::string run_name(std::uint64_t number);

/// The name of the next run. Any number of processes may ask at once; each gets its own.
/// @param runs  folder that holds the counter; made if missing
/// @throws error
ACRX_DECL std::string next_run_id(std::filesystem::path const& runs);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/run_id.ipp>
#endif
#endif
