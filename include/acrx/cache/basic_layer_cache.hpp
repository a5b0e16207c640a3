// The layer cache that is put together from a key, a storage, an admission and an eviction.
#ifndef ACRX_CACHE_BASIC_LAYER_CACHE_HPP
#define ACRX_CACHE_BASIC_LAYER_CACHE_HPP

#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/cache/step_storage.hpp>
#include <acrx/replacement/bounded_set.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace acrx {
/// Keeps what its storage holds within a budget, together with all others that use the storage.
///
/// What a build uses is not given up while it runs: if all of it together is over the budget, the cache is so until
/// `release`. What is not admitted, such as a layer that alone is over the budget, is remembered only until then.
///
/// @tparam Key        what a step is known by
/// @tparam Storage    where entries are, shared by many objects and processes
/// @tparam Admission  which entries come in; its ids are digests
/// @tparam Eviction   which of them go; its ids are digests
/// @par Thread safety  one strand; any number of objects and processes may use one storage
template<key_policy Key, step_storage Storage, cache_admission Admission, cache_eviction Eviction>
class basic_layer_cache
{
public:
    /// @param budget  bytes of layers; `basic_bounded_set::no_budget` for any number
    explicit basic_layer_cache(Key keys, Storage storage, Admission admission, Eviction eviction, std::uint64_t budget)
        : keys_(std::move(keys)), storage_(std::move(storage)), set_(std::move(admission), std::move(eviction), budget)
    {}

    /// What the steps of this cache are known by.
    digest key_of(step_facts const& facts) const { return keys_.key(facts); }
    Key const& keys() const noexcept { return keys_; }

    net::awaitable<std::optional<cached_step>> find(digest key);
    /// @throws error if the entry cannot be written
    net::awaitable<void> store(digest key, cached_step step);

    /// Ends a build: brings the cache back into its budget, and tells others what was used.
    /// @return entries that were given up @throws error if the storage cannot be written
    std::size_t release();

    /// As of the last turn.
    std::uint64_t bytes() const noexcept { return set_.bytes(); }
    Storage& storage() noexcept { return storage_; }

private:
    using turn_type = typename Storage::turn;
    void catch_up(turn_type& turn);

    [[no_unique_address]] Key keys_;
    Storage storage_;
    basic_bounded_set<Admission, Eviction> set_;
    std::vector<digest> used_;               ///< what others do not know yet
    std::set<digest> asked_;                 ///< by this build: a key counts once
    std::map<digest, cache_event> declined_;  ///< what came in nevertheless, until the build ends
    std::vector<cache_event> news_;          ///< of this turn
};
}  // namespace acrx

#include <acrx/cache/impl/basic_layer_cache.hpp>
#endif
