// What is in a cache that has a budget: an admission and an eviction put together.
#ifndef ACRX_REPLACEMENT_BOUNDED_SET_HPP
#define ACRX_REPLACEMENT_BOUNDED_SET_HPP

#include <acrx/replacement/cache_admission.hpp>
#include <acrx/replacement/cache_eviction.hpp>
#include <acrx/replacement/ttl_eviction.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace acrx {
/// Says whether an entry may be given up now.
struct all_may_go
{
    template<class Id>
    bool operator()(Id const&) const
    {
        return true;
    }
};

/// The ids of a cache and what they cost, never more than the budget. Real caches and simulated ones are this.
///
/// A victim that the admission spares, or that may not go now, stays and is the first to be looked at next time.
/// @tparam Admission, Eviction  of the same id type
/// @par Thread safety  one thread
template<cache_admission Admission, cache_eviction Eviction>
    requires std::same_as<typename Admission::id_type, typename Eviction::id_type>
class basic_bounded_set
{
public:
    using id_type = typename Eviction::id_type;
    static constexpr std::uint64_t no_budget = std::numeric_limits<std::uint64_t>::max();

    /// @param budget  bytes; `no_budget` for as many as there are
    explicit basic_bounded_set(Admission admission, Eviction eviction, std::uint64_t budget = no_budget)
        : budget_(budget), admission_(std::move(admission)), eviction_(std::move(eviction))
    {}

    /// Asks for an entry, which counts as a use. @return whether it is there
    bool find(id_type const& id);
    bool contains(id_type const& id) const { return entries_.contains(id); }
    /// Of an entry that is there.
    entry_cost cost_of(id_type const& id) const { return entries_.find(id)->second.cost; }

    /// Takes an entry in if it is admitted and fits; one that is there is used.
    ///
    /// @param gone     gets the entries that were given up for it, or whose time was over
    /// @param may_go   asked for each victim
    /// @return         whether the entry is there now
    template<class MayGo = all_may_go>
    bool insert(id_type const& id, entry_cost cost, std::vector<id_type>& gone, MayGo may_go = {});
    /// Takes an entry in without a question, and gives up nothing: it was decided elsewhere.
    void place(id_type const& id, entry_cost cost);
    /// Gives up entries until the rest fits, or no more may go.
    template<class MayGo = all_may_go>
    void trim(std::vector<id_type>& gone, MayGo may_go = {});
    /// Takes out what was given up elsewhere, as if it had been chosen here where that is so.
    void give_up(id_type const& id);
    void erase(id_type const& id);
    void clear();

    std::uint64_t bytes() const noexcept { return bytes_; }
    std::uint64_t budget() const noexcept { return budget_; }
    std::size_t size() const noexcept { return entries_.size(); }

private:
    struct entry
    {
        entry_cost cost;
        bool is_spared = false;  ///< held by `spared_`, not by the eviction
    };
    std::optional<id_type> next_victim();
    void spare(id_type const& id);
    void unspare(id_type const& id, entry& known);
    void drop(id_type const& id, std::vector<id_type>& gone);
    template<class MayGo>
    void drop_expired(std::vector<id_type>& gone, MayGo& may_go);

    std::uint64_t budget_;
    std::uint64_t bytes_ = 0;
    [[no_unique_address]] Admission admission_;
    Eviction eviction_;
    std::unordered_map<id_type, entry> entries_;
    std::deque<id_type> spared_;
};
}  // namespace acrx

#include <acrx/replacement/impl/bounded_set.hpp>
#endif
