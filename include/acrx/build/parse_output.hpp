// Reads the values of options that say what comes out of a build: outputs, annotations.
#ifndef ACRX_BUILD_PARSE_OUTPUT_HPP
#define ACRX_BUILD_PARSE_OUTPUT_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// `type=KIND,dest=PATH,KEY=VALUE...`, a record of comma-separated values. `-` alone is `type=tar,dest=-`, any other
/// text without `type=` that is one field is `type=local,dest=TEXT`.
/// @throws option_error naming the field that is wrong
ACRX_DECL build_output parse_output(std::string_view text);


/// `gzip`, `estargz`, `zstd`, `uncompressed`, with a level on the scale of other builders (0 to 9, zstd 0 to 22), of
/// which the nearest that we have is taken. @param option  for the error text @throws option_error
ACRX_DECL layer_format parse_layer_format(std::string_view option, std::string_view word,
                                          std::optional<std::string_view> level);

/// A number between `least` and `most`. @param option  for the error text
/// @throws option_error
ACRX_DECL int parse_level(std::string_view option, std::string_view text, int least, int most);
/// As Go reads it: `true`, `1`, `t`, `false`, `0`, `f`. @throws option_error
ACRX_DECL bool parse_bool(std::string_view option, std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/parse_output.ipp>
#endif
#endif
