// The options `--cache-from` and `--cache-to`, of which what is wrong is an error of usage.
#ifndef ACRX_CLI_DETAIL_CACHE_OPTIONS_HPP
#define ACRX_CLI_DETAIL_CACHE_OPTIONS_HPP

#include <acrx/build/parse_shared_cache.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/exit_status.hpp>

#include <string>

namespace acrx::cli::detail {
inline void add_cache_source(std::string const& given, build_options& options)
try {
    options.cache_from.push_back(parse_cache_source(given));
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}

inline void add_cache_target(std::string const& given, build_options& options)
try {
    options.cache_to.push_back(parse_cache_target(given));
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}
}  // namespace acrx::cli::detail
#endif
