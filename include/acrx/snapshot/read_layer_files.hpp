// Reads some small files out of a stored layer, without unpacking it.
#ifndef ACRX_SNAPSHOT_READ_LAYER_FILES_HPP
#define ACRX_SNAPSHOT_READ_LAYER_FILES_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>
#include <string>

namespace acrx {
/// The content of the regular files of a layer at `paths`; what is not there, or longer than `limit`, is left out.
/// @param limit  bytes
/// @throws error (`errc::damaged`) if the blob is no layer, `errc::canceled` when `stop` is asked for
/// Blocks: reads the layer up to the last of the files.
ACRX_DECL std::map<std::string, std::string> read_layer_files(std::filesystem::path const& blob,
                                                              std::set<std::string> paths, std::uint64_t limit,
                                                              std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/read_layer_files.ipp>
#endif
#endif
