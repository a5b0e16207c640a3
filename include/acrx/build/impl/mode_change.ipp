// Bodies of build/detail/mode_change.hpp.
#ifndef ACRX_BUILD_IMPL_MODE_CHANGE_IPP
#define ACRX_BUILD_IMPL_MODE_CHANGE_IPP
#include <acrx/build/detail/mode_change.hpp>
#include <acrx/core/error.hpp>

#include <algorithm>
#include <charconv>
#include <string>

namespace acrx::detail {
ACRX_DECL mode_change mode_change::parse(std::string_view text)
{
    mode_change change;
    std::uint32_t number = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, 8);
    if (!text.empty() && failure == std::errc{} && end == text.data() + text.size() && number <= 07777) {
        change.octal_ = number;
        return change;
    }
    auto const refuse = [&]() {
        throw error(errc::invalid_instruction, "invalid chmod parameter: '" + std::string(text)
                                                + "'. it should be octal string and between 0 and 07777");
    };
    std::string_view rest = text;
    while (true) {
        clause next;
        for (; !rest.empty() && std::string_view("ugoa").find(rest.front()) != rest.npos; rest.remove_prefix(1))
            next.who |= rest.front() == 'u' ? 04700U : rest.front() == 'g' ? 02070U : rest.front() == 'o' ? 01007U : 07777U;
        if (next.who == 0)
            next.who = 07777;
        if (rest.empty() || std::string_view("+-=").find(rest.front()) == rest.npos)
            refuse();
        while (!rest.empty() && std::string_view("+-=").find(rest.front()) != rest.npos) {
            next.operation = rest.front();
            next.bits = 0;
            next.execute_if_any = false;
            rest.remove_prefix(1);
            for (; !rest.empty() && std::string_view("rwxXst").find(rest.front()) != rest.npos; rest.remove_prefix(1)) {
                switch (rest.front()) {
                case 'r': next.bits |= 0444; break;
                case 'w': next.bits |= 0222; break;
                case 'x': next.bits |= 0111; break;
                case 'X': next.execute_if_any = true; break;
                case 's': next.bits |= 06000; break;
                default: next.bits |= 01000; break;
                }
            }
            change.clauses_.push_back(next);
        }
        if (rest.empty())
            return change;
        if (rest.front() != ',')
            refuse();
        rest.remove_prefix(1);
    }
}

ACRX_DECL std::uint32_t mode_change::apply(std::uint32_t mode, bool is_folder) const
{
    if (octal_)
        return *octal_;
    for (auto const& part : clauses_) {
        auto bits = part.bits;
        if (part.execute_if_any && (is_folder || (mode & 0111) != 0))
            bits |= 0111;
        bits &= part.who;
        if (part.operation == '+')
            mode |= bits;
        else if (part.operation == '-')
            mode &= ~bits;
        else
            mode = (mode & ~(part.who & 07777)) | bits;
    }
    return mode;
}
}  // namespace acrx::detail
#endif
