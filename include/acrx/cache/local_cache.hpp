// The layer cache in a folder of this machine: one small file a key.
#ifndef ACRX_CACHE_LOCAL_CACHE_HPP
#define ACRX_CACHE_LOCAL_CACHE_HPP

#include <acrx/cache/layer_cache.hpp>

#include <filesystem>
#include <utility>
#include <vector>

namespace acrx {
/// Keeps one file a key, `ab/cdef…`, written by rename: many processes may use one folder, and a lookup costs one open.
class local_cache
{
public:
    /// @param folder  made when the first entry is stored
    explicit local_cache(std::filesystem::path folder) : folder_(std::move(folder)) {}

    ACRX_DECL net::awaitable<std::optional<cached_step>> find(digest key);
    /// An entry with the same layer stays as it is: of builds that run one step at once, the first says when it was.
    /// @throws error if the entry cannot be written
    ACRX_DECL net::awaitable<void> store(digest key, cached_step step);

    /// Nothing happens if there is no such entry. @throws error if it cannot be removed
    ACRX_DECL void erase(digest const& key);
    /// All entries, the one that was written first before the others. Damaged ones are left out.
    ACRX_DECL std::vector<std::pair<digest, cached_step>> entries() const;

    /// The file of an entry.
    std::filesystem::path path_of(digest const& key) const
    {
        return folder_ / key.encoded().substr(0, 2) / key.encoded().substr(2);
    }
    std::filesystem::path const& folder() const noexcept { return folder_; }

private:
    std::filesystem::path folder_;
};
static_assert(layer_cache<local_cache>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/local_cache.ipp>
#endif
#endif
