// Admissions that look at one entry alone: all, those that are small enough, those that are dear enough.
#ifndef ACRX_REPLACEMENT_SIMPLE_ADMISSION_HPP
#define ACRX_REPLACEMENT_SIMPLE_ADMISSION_HPP

#include <acrx/replacement/cache_admission.hpp>

#include <cstdint>
#include <tuple>
#include <utility>

namespace acrx {
/// Takes in everything.
template<class Id>
struct always_admission
{
    using id_type = Id;
    void note(Id const&) {}
    bool admits(Id const&, entry_cost) const { return true; }
    bool prefers(Id const&, Id const&) const { return true; }
};

/// Takes in what is no larger than a limit.
template<class Id>
struct size_admission : always_admission<Id>
{
    /// @param most  bytes
    explicit size_admission(std::uint64_t most) : most_bytes(most) {}
    bool admits(Id const&, entry_cost cost) const { return cost.bytes <= most_bytes; }

    std::uint64_t most_bytes;
};

/// Takes in what took long enough to make.
template<class Id>
struct cost_admission : always_admission<Id>
{
    explicit cost_admission(double least) : least_seconds(least) {}
    bool admits(Id const&, entry_cost cost) const { return cost.seconds >= least_seconds; }

    double least_seconds;
};

/// Takes in what all of its parts would take in.
template<cache_admission First, cache_admission... Rest>
class admission_of_all
{
public:
    using id_type = typename First::id_type;
    explicit admission_of_all(First first, Rest... rest) : parts_(std::move(first), std::move(rest)...) {}

    void note(id_type const& id)
    {
        std::apply([&](auto&... part) { (part.note(id), ...); }, parts_);
    }
    bool admits(id_type const& id, entry_cost cost)
    {
        return std::apply([&](auto&... part) { return (part.admits(id, cost) && ...); }, parts_);
    }
    bool prefers(id_type const& id, id_type const& other)
    {
        return std::apply([&](auto&... part) { return (part.prefers(id, other) && ...); }, parts_);
    }

private:
    std::tuple<First, Rest...> parts_;
};
}  // namespace acrx
#endif
