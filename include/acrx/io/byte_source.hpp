// The giving end of a stream of bytes, for code that may block.
#ifndef ACRX_IO_BYTE_SOURCE_HPP
#define ACRX_IO_BYTE_SOURCE_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

namespace acrx {
/// Gives the next bytes of a stream, in pieces as they come; an empty piece is the end.
/// A piece is valid until the next call.
using byte_source = std::function<std::span<std::byte const>()>;

/// The bytes of a file. @throws error if it cannot be opened; the source throws if it cannot be read
ACRX_DECL byte_source read_in_pieces(std::filesystem::path const& file, std::size_t piece = 256 * 1024);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/byte_source.ipp>
#endif
#endif
