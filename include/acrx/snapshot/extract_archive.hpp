// Local archives that ADD unpacks.
#ifndef ACRX_SNAPSHOT_EXTRACT_ARCHIVE_HPP
#define ACRX_SNAPSHOT_EXTRACT_ARCHIVE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <filesystem>
#include <stop_token>
#include <vector>

namespace acrx {
/// Whether the content of a file is a tar, plain or compressed with gzip, bzip2, xz or zstd. The name does not matter.
/// @throws error if the file cannot be read
ACRX_DECL bool is_archive(std::filesystem::path const& file);

/// Reads an archive and puts the content of its regular files under numbers into the folder `into`, which must exist;
/// no name of the archive is ever used as a name on this host.
///
/// @return  its entries as items, sorted by path, parents first; of two with one path the later. `.` and `..` are
///          resolved and absolute names made relative, inside the root; targets of symbolic links are kept as text.
///          Folders that the archive does not list are not listed here. Owners, modes, times and attributes are those
///          of the archive; devices are entries only.
/// @throws error (`errc::damaged`) if it is cut short, not an archive or passes a limit, (`errc::outside_root`) for a
///         hard link that leaves the archive, `errc::canceled` when `stop` is asked for
/// @par See Dockerfile reference, ADD
ACRX_DECL std::vector<layer_item> extract_archive(std::filesystem::path const& archive,
                                                  std::filesystem::path const& into,
                                                  archive_limits const& limits = {}, std::stop_token stop = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/extract_archive.ipp>
#endif
#endif
