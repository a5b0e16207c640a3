// The storage of a cache on this machine: entries in a folder, their layers in the local store.
#ifndef ACRX_CACHE_LOCAL_STORAGE_HPP
#define ACRX_CACHE_LOCAL_STORAGE_HPP

#include <acrx/cache/cache_journal.hpp>
#include <acrx/cache/local_cache.hpp>
#include <acrx/cache/step_storage.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace acrx {
/// Told which layer is no longer in the store, so that what was made of it can go too.
using layer_forgetter = std::function<void(digest const& diff_id)>;

/// The layers, configs, manifests and indexes of all images that have a name in a store.
/// @param root  of an OCI layout
ACRX_DECL std::set<digest> blobs_of_named_images(std::filesystem::path const& root);

/// Shared by all processes of this machine. A layer goes with the last entry that names it, unless an image of the
/// store has it. What a build uses is locked, a byte of one file a layer, so the kernel knows when a build has died.
class local_storage
{
public:
    class turn;

    /// @param folder  of the entries
    /// @param store   the root of the OCI layout that has the layers
    /// @param forget  may be empty
    local_storage(std::filesystem::path folder, std::filesystem::path store, layer_forgetter forget = {})
        : entries_(std::move(folder)), store_(std::move(store)), journal_(entries_.folder() / "journal"),
          forget_(std::move(forget))
    {}

    /// A copy uses nothing yet, and reads the journal from the beginning.
    local_storage(local_storage const& other)
        : entries_(other.entries_), store_(other.store_), journal_(other.journal_), forget_(other.forget_)
    {}
    local_storage(local_storage&&) = default;
    local_storage& operator=(local_storage&&) = default;

    ACRX_DECL net::awaitable<std::optional<cached_step>> find(digest key);
    /// @throws error if the entry cannot be written
    ACRX_DECL net::awaitable<void> store(digest key, cached_step step);
    /// @throws error if the folder cannot be written
    ACRX_DECL turn enter();
    void release() { uses_.reset(); }

private:
    ACRX_DECL bool use(digest const& blob);
    ACRX_DECL bool is_free(digest const& blob) const;
    ACRX_DECL unique_fd open_uses() const;
    ACRX_DECL void learn(cache_event const& event);
    ACRX_DECL void remove_layer(digest const& blob, digest const& diff_id, std::set<digest> const& of_images);

    local_cache entries_;
    std::filesystem::path store_;
    cache_journal journal_;
    layer_forgetter forget_;
    unique_fd uses_;                              ///< holds the locks on what this build uses
    std::unordered_map<digest, digest> blobs_;    ///< by key
    std::unordered_map<digest, std::size_t> names_;  ///< keys that name a blob
};

class local_storage::turn
{
public:
    ACRX_DECL std::vector<cache_event> news();
    ACRX_DECL void write(std::span<cache_event const> events);
    ACRX_DECL bool is_used(digest const& key) const;
    ACRX_DECL bool erase(digest const& key);

private:
    friend class local_storage;
    turn(local_storage& owner, file_lock lock) : owner_(&owner), lock_(std::move(lock)) {}
    local_storage* owner_;
    file_lock lock_;
    std::optional<std::set<digest>> of_images_;
};
static_assert(step_storage<local_storage>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/local_storage.ipp>
#endif
#endif
