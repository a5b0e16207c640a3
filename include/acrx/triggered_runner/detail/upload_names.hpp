// The names of contexts that clients send.
#ifndef ACRX_TRIGGERED_RUNNER_DETAIL_UPLOAD_NAMES_HPP
#define ACRX_TRIGGERED_RUNNER_DETAIL_UPLOAD_NAMES_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// 32 random hexadecimal digits and `.tar.gz`: nobody guesses one.
ACRX_DECL std::string new_upload_name();
/// The name in a relative path `source/NAME`; empty unless it is one that `new_upload_name` could have made.
ACRX_DECL std::string upload_name_of(std::string_view relative_path);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/upload_names.ipp>
#endif
#endif
