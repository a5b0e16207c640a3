// The texts that BuildKit leaves in an image's history, made of expanded values.
#ifndef ACRX_BUILD_DETAIL_HISTORY_TEXT_HPP
#define ACRX_BUILD_DETAIL_HISTORY_TEXT_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/image_config.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// `["a" "b c"]`: a list as Go prints it with quotes.
ACRX_DECL std::string quoted_list(std::span<std::string const> words);
/// `[a b]`: a list as Go prints it.
ACRX_DECL std::string plain_list(std::span<std::string const> words);
/// `A=1 B=2 3`
ACRX_DECL std::string pair_list(std::span<std::pair<std::string, std::string> const> pairs);
/// `{Test:[CMD-SHELL x] Interval:5s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}`
ACRX_DECL std::string health_text(health_check const& check);
/// `|2 k1=v1 k2=v2 ` in front of what RUN starts; empty without arguments.
ACRX_DECL std::string argument_prefix(std::span<std::pair<std::string, std::string> const> arguments);
/// Words with blanks between them.
ACRX_DECL std::string join(std::span<std::string const> words, std::string_view separator = " ");
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/history_text.ipp>
#endif
#endif
