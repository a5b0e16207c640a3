// Bodies of remote/piece_source.hpp.
#ifndef ACRX_REMOTE_IMPL_PIECE_SOURCE_IPP
#define ACRX_REMOTE_IMPL_PIECE_SOURCE_IPP
#include <acrx/remote/piece_source.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace acrx {
namespace detail {
/// 256 numbers without any pattern, the same in every build (splitmix64).
constexpr std::array<std::uint64_t, 256> make_gear_table()
{
    std::array<std::uint64_t, 256> table{};
    std::uint64_t seed = 0;
    for (auto& entry : table) {
        seed += 0x9e3779b97f4a7c15;
        auto mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        entry = mixed ^ (mixed >> 31);
    }
    return table;
}

inline constexpr auto gear_table = make_gear_table();
/// One position in 16384 ends a piece.
inline constexpr std::uint64_t gear_mask = std::uint64_t{0x3fff} << 50;
}  // namespace detail

ACRX_DECL std::span<std::byte const> piece_source::next()
{
    piece_.clear();
    std::uint64_t sum = 0;
    for (;;) {
        if (left_.empty())
            left_ = in_();
        if (left_.empty())
            return piece_;
        auto const room = std::min(left_.size(), longest_piece - piece_.size());
        std::size_t taken = 0;
        bool is_cut = false;
        while (taken < room && !is_cut) {
            sum = (sum << 1) + detail::gear_table[std::to_integer<std::size_t>(left_[taken++])];
            is_cut = (sum & detail::gear_mask) == 0 && piece_.size() + taken >= least_piece;
        }
        piece_.insert(piece_.end(), left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(taken));
        left_ = left_.subspan(taken);
        if (is_cut || piece_.size() == longest_piece)
            return piece_;
    }
}
}  // namespace acrx
#endif
