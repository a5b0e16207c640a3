// Makes a build context of a stream: an archive of any usual kind, or the text of a Dockerfile.
#ifndef ACRX_CONTEXT_DETAIL_UNPACK_CONTEXT_HPP
#define ACRX_CONTEXT_DETAIL_UNPACK_CONTEXT_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/byte_source.hpp>

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Decides by content: tar, plain or compressed with gzip, bzip2, xz or zstd; zip; else text is a Dockerfile, and the
/// context empty. Files go to `into/files`, such a Dockerfile to `into/Dockerfile`.
///
/// @param name  of the stream, for error texts @param into  an empty folder
/// @throws error (`errc::damaged`) for what is neither, is cut short or passes a limit, and as `tree_writer` says
ACRX_DECL build_context unpack_context(byte_source in, std::string const& name, std::filesystem::path const& into,
                                       archive_limits const& limits, std::stop_token stop);

/// Unpacks a tar of any compression into a folder; each entry lies in its folder `prefix` (empty: anywhere).
/// @return the sha256 of the plain tar
/// @throws as `unpack_context`
ACRX_DECL digest unpack_tar(byte_source in, std::string const& name, std::filesystem::path const& root,
                            std::string_view prefix, archive_limits const& limits, std::stop_token stop);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/unpack_context.ipp>
#endif
#endif
