// Bodies of templating/detail/function_groups.hpp: numbers and lists of numbers.
#ifndef ACRX_TEMPLATING_IMPL_NUMBER_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_NUMBER_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/format.hpp>

#include <cmath>
#include <limits>
#include <span>

namespace acrx::templating::detail {
inline value int64_value(std::int64_t n)
{
    return {n, integer_type::int64};
}

/// Arithmetic that wraps, as Go's does.
template<class Operation>
value fold(std::int64_t first, std::span<value const> rest, Operation operation)
{
    auto total = static_cast<std::uint64_t>(first);
    for (auto const& v : rest)
        total = operation(total, static_cast<std::uint64_t>(to_int64(v)));
    return int64_value(static_cast<std::int64_t>(total));
}

template<class Better>
value choose(call const& c, Better better)
{
    auto best = to_int64(c[0]);
    for (auto const& v : c.from(1))
        if (auto const n = to_int64(v); better(n, best))
            best = n;
    return int64_value(best);
}

inline std::int64_t checked_divisor(value const& v)
{
    auto const n = to_int64(v);
    if (n == 0)
        throw error(errc::invalid_argument, "runtime error: integer divide by zero");
    return n;
}

inline value quotient(call const& c)
{
    auto const a = to_int64(c[0]);
    auto const b = checked_divisor(c[1]);
    return int64_value(b == -1 ? static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(a)) : a / b);
}

inline value remainder(call const& c)
{
    auto const a = to_int64(c[0]);
    auto const b = checked_divisor(c[1]);
    return int64_value(b == -1 ? 0 : a % b);
}

inline value rounded(call const& c)
{
    auto const up_from = c.size() > 2 ? c.floating(2) : 0.5;
    auto const power = std::pow(10.0, static_cast<double>(c.integer(1)));
    auto const digits = power * to_float64(c[0]);
    double whole = 0;
    auto const fraction = std::modf(digits, &whole);
    // A negative fraction is below any limit: the original rounds such numbers down, and so do we.
    return (fraction >= up_from ? std::ceil(digits) : std::floor(digits)) / power;
}

inline value steps(std::int64_t start, std::int64_t stop, std::int64_t step, budget& left)
{
    value_list list;
    auto const down = stop < start;
    if (down ? step >= 0 : step <= 0)
        return {std::move(list), element_type::integer};
    for (auto i = start; down ? i > stop : i < stop;) {
        left.spend(1);
        left.make(sizeof(value));
        list.emplace_back(i);
        if (__builtin_add_overflow(i, step, &i))
            break;
    }
    return {std::move(list), element_type::integer};
}

inline value atoi(call const& c)
{
    std::int64_t n = 0;
    auto const result = read_integer(c.text(0), 10, n);
    if (result == std::errc::result_out_of_range)
        return c.text(0).starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                          : std::numeric_limits<std::int64_t>::max();
    return result == std::errc{} ? n : 0;
}

inline value from_octal(call const& c)
{
    std::int64_t n = 0;
    auto const result = read_integer(to_text(c[0], c.left()), 8, n);
    return int64_value(result == std::errc{} ? n : 0);
}

ACRX_DECL function_group number_functions()
{
    auto const biggest = [](call const& c) { return choose(c, std::greater<>{}); };
    return {
        {"atoi", "s", atoi},
        {"int", "a", [](call const& c) { return value(to_int64(c[0])); }},
        {"int64", "a", [](call const& c) { return int64_value(to_int64(c[0])); }},
        {"float64", "a", [](call const& c) { return value(to_float64(c[0])); }},
        {"toDecimal", "a", from_octal},
        {"add", "a*", [](call const& c) { return fold(0, c.all(), std::plus<>{}); }},
        {"add1", "a", [](call const& c) { return fold(1, c.all(), std::plus<>{}); }},
        {"sub", "aa", [](call const& c) { return fold(to_int64(c[0]), c.from(1), std::minus<>{}); }},
        {"mul", "aa*", [](call const& c) { return fold(to_int64(c[0]), c.from(1), std::multiplies<>{}); }},
        {"div", "aa", quotient},
        {"mod", "aa", remainder},
        {"max", "aa*", biggest},
        {"biggest", "aa*", biggest},
        {"min", "aa*", [](call const& c) { return choose(c, std::less<>{}); }},
        {"ceil", "a", [](call const& c) { return value(std::ceil(to_float64(c[0]))); }},
        {"floor", "a", [](call const& c) { return value(std::floor(to_float64(c[0]))); }},
        {"round", "aif*", rounded},
        {"until", "i", [](call const& c) { return steps(0, c.integer(0), c.integer(0) < 0 ? -1 : 1, c.left()); }},
        {"untilStep", "iii",
         [](call const& c) { return steps(c.integer(0), c.integer(1), c.integer(2), c.left()); }},
    };
}
}  // namespace acrx::templating::detail
#endif
