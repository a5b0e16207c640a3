// What a plain scalar of YAML 1.1 means: null, boolean, number or text.
#ifndef ACRX_IO_YAML_SCALAR_HPP
#define ACRX_IO_YAML_SCALAR_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/yaml.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace acrx::detail {
/// Null, boolean, integer, floating point, or text.
using yaml_value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// Reads a scalar as YAML 1.1 does: `yes` and `off` are booleans, `0x1f`, `0b11`, `017` and `1_000` are numbers.
/// Times stay texts.
ACRX_DECL yaml_value resolve(yaml_node const& scalar);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/yaml_scalar.ipp>
#endif
#endif
