// Bodies of replacement/tiny_lfu_admission.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_TINY_LFU_ADMISSION_HPP
#define ACRX_REPLACEMENT_IMPL_TINY_LFU_ADMISSION_HPP
#include <acrx/replacement/tiny_lfu_admission.hpp>

namespace acrx {
template<class Id>
tiny_lfu_admission<Id>::tiny_lfu_admission(std::size_t entries)
    : width_(std::bit_ceil(std::max<std::size_t>(16, entries))), counters_(rows * width_)
{}

template<class Id>
std::array<std::size_t, tiny_lfu_admission<Id>::rows> tiny_lfu_admission<Id>::places_of(Id const& id) const
{
    // std::hash may be the identity: one round of splitmix64 for each row spreads it.
    std::array<std::size_t, rows> places{};
    auto seed = static_cast<std::uint64_t>(std::hash<Id>()(id));
    for (std::size_t row = 0; row < rows; ++row) {
        seed += 0x9e3779b97f4a7c15U;
        auto mixed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        mixed ^= mixed >> 31;
        places[row] = row * width_ + static_cast<std::size_t>(mixed & (width_ - 1));
    }
    return places;
}

template<class Id>
void tiny_lfu_admission<Id>::note(Id const& id)
{
    constexpr std::uint8_t most = 15;
    for (auto const place : places_of(id))
        if (counters_[place] < most)
            ++counters_[place];
    if (++noted_ < 10 * width_)
        return;
    noted_ = 0;
    for (auto& counter : counters_)
        counter = static_cast<std::uint8_t>(counter / 2);
}

template<class Id>
unsigned tiny_lfu_admission<Id>::uses(Id const& id) const
{
    unsigned least = ~0U;
    for (auto const place : places_of(id))
        least = std::min<unsigned>(least, counters_[place]);
    return least;
}
}  // namespace acrx
#endif
