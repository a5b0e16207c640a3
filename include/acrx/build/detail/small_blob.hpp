// Fetches a blob into memory: configs and indexes, never layers.
#ifndef ACRX_BUILD_DETAIL_SMALL_BLOB_HPP
#define ACRX_BUILD_DETAIL_SMALL_BLOB_HPP

#include <acrx/core/error.hpp>
#include <acrx/registry/registry_client.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace acrx::detail {
/// @param limit  bytes
/// @throws error (`errc::damaged`) for a blob that says it is larger
inline void require_small(reference const& name, descriptor const& blob, std::uint64_t limit)
{
    if (blob.size > limit)
        throw error(errc::damaged, "fetching " + blob.digest.str() + " of " + to_string(name) + ": it has "
                                       + std::to_string(blob.size) + " bytes, more than " + std::to_string(limit));
}

/// The bytes of a blob; a larger one than `limit` is not asked for. @throws as `require_small`
template<registry_client Registry>
net::awaitable<std::string> fetch_small_blob(Registry& registry, reference name, descriptor blob, std::uint64_t limit)
{
    require_small(name, blob, limit);
    std::string bytes;
    byte_sink sink = [&](std::span<std::byte const> piece) -> net::awaitable<void> {
        bytes.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        co_return;
    };
    co_await registry.fetch_blob(std::move(name), std::move(blob), std::move(sink));
    co_return bytes;
}
}  // namespace acrx::detail
#endif
