// Names runs by short words that are unique and increase in one store.
#ifndef ACRX_TASK_RUN_ID_HPP
#define ACRX_TASK_RUN_ID_HPP

#include <algorithm>
#include <cstdint>
#include <string>

namespace acrx {
/// The name of the `number`-th run, from 1: `ca1`, `ca2`, … `caz`, `cb0`, … `c100`. Small letters and digits, begins
/// with a letter; of two names, the longer is the later, and of equally long ones the greater.
inline std::string run_id_of(std::uint64_t number)
{
    std::string digits;
    for (auto rest = number + std::uint64_t{10} * 36; rest != 0; rest /= 36)
        digits += "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
    std::reverse(digits.begin(), digits.end());
    return "c" + digits;
}
}  // namespace acrx
#endif
