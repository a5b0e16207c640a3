// Writes a stream to a file, compressed with gzip.
#ifndef ACRX_REMOTE_DETAIL_GZIP_FILE_HPP
#define ACRX_REMOTE_DETAIL_GZIP_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <filesystem>
#include <stop_token>

namespace acrx::detail {
/// Makes the file; the same bytes in give the same bytes out. Memory does not grow with the stream.
/// @throws error what the source throws, and if the file cannot be written
ACRX_DECL void write_gzip_file(byte_source const& in, std::filesystem::path const& file, std::stop_token stop);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/gzip_file.ipp>
#endif
#endif
