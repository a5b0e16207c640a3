// Bodies of cache/object_cache.hpp.
#ifndef ACRX_CACHE_IMPL_OBJECT_CACHE_HPP
#define ACRX_CACHE_IMPL_OBJECT_CACHE_HPP
#include <acrx/cache/cache_image.hpp>
#include <acrx/cache/object_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <cstdint>
#include <span>

namespace acrx {
namespace detail {
constexpr std::uint64_t largest_object = std::uint64_t{4} << 30;

inline std::string object_name(std::string_view folder, digest const& id)
{
    return std::string(folder) + "/" + std::string(id.encoded());
}
}  // namespace detail

template<object_client C>
net::awaitable<std::optional<cached_step>> basic_object_cache<C>::find(digest key)
{
    auto const text = co_await client_.get(detail::object_name("steps", key));
    if (!text)
        co_return std::nullopt;
    std::vector<cache_entry> entries;
    try {
        entries = parse_cache_config(*text);
    } catch (error const&) {  // damaged, or of another version: the step runs again
        co_return std::nullopt;
    }
    if (entries.size() != 1 || entries.front().key != key)
        co_return std::nullopt;
    auto& step = entries.front().step;
    auto const& blob = step.layer.blob;
    if (store_->contains(blob.digest))
        co_return std::move(step);
    auto const bytes = co_await client_.get(detail::object_name("layers", blob.digest));
    if (!bytes || bytes->size() != blob.size || digest_of(*bytes) != blob.digest)
        co_return std::nullopt;
    store_->write_blob(*bytes, blob.media_type);
    co_return std::move(step);
}

template<object_client C>
net::awaitable<void> basic_object_cache<C>::store(digest key, cached_step step)
{
    auto const& blob = step.layer.blob;
    if (!store_->contains(blob.digest))
        co_return;
    auto bytes = read_file(store_->blob_path(blob.digest), detail::largest_object);
    co_await client_.put(detail::object_name("layers", blob.digest), std::move(bytes));
    cache_entry const entry{key, std::move(step)};
    auto text = to_cache_config(std::span(&entry, 1));
    co_await client_.put(detail::object_name("steps", key), std::move(text));
}
}  // namespace acrx
#endif
