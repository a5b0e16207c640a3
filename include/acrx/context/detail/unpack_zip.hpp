// Unpacks zip archives; modes and links are in the directory at their end, so they go through a file first.
#ifndef ACRX_CONTEXT_DETAIL_UNPACK_ZIP_HPP
#define ACRX_CONTEXT_DETAIL_UNPACK_ZIP_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/io/byte_source.hpp>

#include <filesystem>
#include <stop_token>
#include <string>

namespace acrx::detail {
/// @param scratch  takes the archive while it is read @param root  takes the files
/// @throws error as `unpack_context` says
ACRX_DECL void unpack_zip(byte_source const& in, std::string const& name, std::filesystem::path const& scratch,
                          std::filesystem::path const& root, archive_limits const& limits, std::stop_token stop);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/unpack_zip.ipp>
#endif
#endif
