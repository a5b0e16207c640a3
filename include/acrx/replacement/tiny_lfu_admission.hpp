// The admission that lets in only what is asked for more often than what would have to go.
#ifndef ACRX_REPLACEMENT_TINY_LFU_ADMISSION_HPP
#define ACRX_REPLACEMENT_TINY_LFU_ADMISSION_HPP

#include <acrx/replacement/cache_admission.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace acrx {
/// TinyLFU (Einziger, Friedman, Manes, 2017): counts requests in a sketch of four rows of counters up to 15, which are
/// halved after ten requests a counter, so that what was wanted once grows old.
template<class Id>
class tiny_lfu_admission
{
public:
    using id_type = Id;
    /// @param entries  that the cache may hold, roughly; takes four bytes for each
    explicit tiny_lfu_admission(std::size_t entries = std::size_t{1} << 16);

    void note(Id const& id);
    bool admits(Id const&, entry_cost) const { return true; }
    bool prefers(Id const& id, Id const& other) const { return uses(id) > uses(other); }
    /// Requests that are remembered, at most 15; may be too many, never too few.
    unsigned uses(Id const& id) const;

private:
    static constexpr std::size_t rows = 4;
    std::array<std::size_t, rows> places_of(Id const& id) const;

    std::size_t width_;  ///< of a row; a power of two
    std::vector<std::uint8_t> counters_;
    std::size_t noted_ = 0;
};
}  // namespace acrx

#include <acrx/replacement/impl/tiny_lfu_admission.hpp>
#endif
