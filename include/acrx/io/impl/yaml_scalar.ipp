// Bodies of io/yaml_scalar.hpp.
#ifndef ACRX_IO_IMPL_YAML_SCALAR_IPP
#define ACRX_IO_IMPL_YAML_SCALAR_IPP
#include <acrx/io/yaml_scalar.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string_view>

namespace acrx::detail {
inline std::optional<bool> yaml_bool(std::string_view text)
{
    constexpr std::array yes{"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
    constexpr std::array no{"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
    if (std::find(yes.begin(), yes.end(), text) != yes.end())
        return true;
    if (std::find(no.begin(), no.end(), text) != no.end())
        return false;
    return std::nullopt;
}

inline std::optional<std::int64_t> yaml_integer(std::string_view text)
{
    if (text.starts_with('_'))
        return std::nullopt;
    std::string digits;
    std::remove_copy(text.begin(), text.end(), std::back_inserter(digits), '_');
    std::string_view rest = digits;
    bool const negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    int base = 10;
    auto const prefixed = [&](std::string_view small, std::string_view large, int b) {
        if (!rest.starts_with(small) && !rest.starts_with(large))
            return false;
        rest.remove_prefix(2);
        base = b;
        return true;
    };
    if (!prefixed("0x", "0X", 16) && !prefixed("0b", "0B", 2) && !prefixed("0o", "0O", 8) && rest.size() > 1
        && rest[0] == '0') {
        rest.remove_prefix(1);
        base = 8;
    }
    if (rest.empty() || rest[0] == '-' || rest[0] == '+')
        return std::nullopt;
    std::uint64_t n = 0;
    auto const [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), n, base);
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (failure != std::errc{} || end != rest.data() + rest.size() || n > largest + (negative ? 1U : 0U))
        return std::nullopt;
    return negative ? static_cast<std::int64_t>(~n + 1) : static_cast<std::int64_t>(n);
}

/// `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`, also `1.` and the names of infinity and of what is no number.
inline std::optional<double> yaml_float(std::string_view text)
{
    bool const negative = text.starts_with('-');
    auto rest = text;
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (rest == ".inf" || rest == ".Inf" || rest == ".INF")
        return negative ? -infinity : infinity;
    if (text == ".nan" || text == ".NaN" || text == ".NAN")
        return std::numeric_limits<double>::quiet_NaN();
    if (rest.find_first_not_of("0123456789.eE+-") != rest.npos || rest.find_first_of("0123456789") > 1
        || (rest[0] != '.' && (rest[0] < '0' || rest[0] > '9')))
        return std::nullopt;
    double number = 0;
    auto const [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (end != rest.data() + rest.size() || failure == std::errc::invalid_argument)
        return std::nullopt;
    if (failure == std::errc::result_out_of_range)
        return std::nullopt;
    return negative ? -number : number;
}

ACRX_DECL yaml_value resolve(yaml_node const& scalar)
{
    constexpr std::string_view standard = "tag:yaml.org,2002:";
    auto const tag = scalar.tag.starts_with(standard) ? std::string_view(scalar.tag).substr(standard.size()) : "";
    if (scalar.plain ? scalar.is_null() : tag == "null")
        return std::monostate{};
    if (scalar.plain || tag == "bool")
        if (auto const b = yaml_bool(scalar.text))
            return *b;
    if (scalar.plain || tag == "int")
        if (auto const n = yaml_integer(scalar.text))
            return *n;
    if (scalar.plain || tag == "float" || tag == "int")
        if (auto const d = yaml_float(scalar.text))
            return *d;
    return scalar.text;
}
}  // namespace acrx::detail
#endif
