// The admission and the eviction that are chosen at run time.
#ifndef ACRX_REPLACEMENT_ANY_REPLACEMENT_HPP
#define ACRX_REPLACEMENT_ANY_REPLACEMENT_HPP

#include <acrx/core/clock.hpp>
#include <acrx/replacement/bounded_set.hpp>
#include <acrx/replacement/queue_eviction.hpp>
#include <acrx/replacement/ranked_eviction.hpp>
#include <acrx/replacement/replacement_names.hpp>
#include <acrx/replacement/simple_admission.hpp>
#include <acrx/replacement/tiny_lfu_admission.hpp>
#include <acrx/replacement/ttl_eviction.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace acrx {
/// One of `Evictions`, which are of one id type.
template<cache_eviction First, cache_eviction... Rest>
class any_eviction
{
public:
    using id_type = typename First::id_type;
    template<class E>
        requires(std::same_as<E, First> || (std::same_as<E, Rest> || ...))
    any_eviction(E chosen) : chosen_(std::move(chosen))
    {}

    void insert(id_type const& id, entry_cost cost)
    {
        std::visit([&](auto& e) { e.insert(id, cost); }, chosen_);
    }
    void touch(id_type const& id)
    {
        std::visit([&](auto& e) { e.touch(id); }, chosen_);
    }
    void erase(id_type const& id)
    {
        std::visit([&](auto& e) { e.erase(id); }, chosen_);
    }
    std::optional<id_type> evict()
    {
        return std::visit([](auto& e) { return e.evict(); }, chosen_);
    }
    /// Nothing for an eviction of which no entry goes without need.
    std::optional<id_type> expire()
    {
        return std::visit(
            [](auto& e) -> std::optional<id_type> {
                if constexpr (expiring_eviction<std::remove_reference_t<decltype(e)>>)
                    return e.expire();
                else
                    return std::nullopt;
            },
            chosen_);
    }
    std::size_t size() const
    {
        return std::visit([](auto const& e) { return e.size(); }, chosen_);
    }

private:
    std::variant<First, Rest...> chosen_;
};

/// Each eviction that has a name.
template<class Id, clock Clock = system_clock>
using named_eviction = any_eviction<fifo_eviction<Id>, lru_eviction<Id>, lfu_eviction<Id>, sieve_eviction<Id>,
                                    s3_fifo_eviction<Id>, gdsf_eviction<Id>, ttl_eviction<Id, Clock>>;

template<class Id, clock Clock = system_clock>
named_eviction<Id, Clock> make_eviction(replacement_policy const& policy, Clock clock = {})
{
    switch (policy.eviction) {
    case eviction_kind::fifo: return fifo_eviction<Id>();
    case eviction_kind::lru: return lru_eviction<Id>();
    case eviction_kind::lfu: return lfu_eviction<Id>();
    case eviction_kind::sieve: return sieve_eviction<Id>();
    case eviction_kind::s3_fifo: return s3_fifo_eviction<Id>();
    case eviction_kind::ttl: return ttl_eviction<Id, Clock>(policy.life, std::move(clock));
    case eviction_kind::gdsf: break;
    }
    return gdsf_eviction<Id>();
}

/// The admissions of a policy: those that it names, else all entries.
template<class Id>
class named_admission
{
public:
    using id_type = Id;
    explicit named_admission(replacement_policy const& policy)
        : limits_(cost_admission<Id>(policy.least_seconds),
                  size_admission<Id>(policy.most_bytes.value_or(~std::uint64_t{0})))
    {
        if (policy.tiny_lfu)
            frequency_.emplace();
    }

    void note(Id const& id)
    {
        if (frequency_)
            frequency_->note(id);
    }
    bool admits(Id const& id, entry_cost cost) { return limits_.admits(id, cost); }
    bool prefers(Id const& id, Id const& other) { return !frequency_ || frequency_->prefers(id, other); }

private:
    admission_of_all<cost_admission<Id>, size_admission<Id>> limits_;
    std::optional<tiny_lfu_admission<Id>> frequency_;
};

/// The contents of a cache whose policy is chosen at run time.
template<class Id, clock Clock = system_clock>
using named_bounded_set = basic_bounded_set<named_admission<Id>, named_eviction<Id, Clock>>;
}  // namespace acrx
#endif
