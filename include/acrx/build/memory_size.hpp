// Sizes of memory as people write them.
#ifndef ACRX_BUILD_MEMORY_SIZE_HPP
#define ACRX_BUILD_MEMORY_SIZE_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace acrx {
/// Bytes as the mount option `size` and `--shm-size` write them: `64`, `10m`, `1.5g`, `2GiB`; units are powers of 1024.
ACRX_DECL std::optional<std::uint64_t> parse_memory_size(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/memory_size.ipp>
#endif
#endif
