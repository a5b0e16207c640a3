// The time of everything new in an image, as SOURCE_DATE_EPOCH gives it.
#ifndef ACRX_BUILD_SOURCE_DATE_EPOCH_HPP
#define ACRX_BUILD_SOURCE_DATE_EPOCH_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// @param text  seconds since 1970; nothing for an empty one, and for `context`, as a folder has no time of its own
/// @throws error (`errc::invalid_argument`)
ACRX_DECL std::optional<time_point> parse_source_date_epoch(std::string_view text);

/// The same default, as written; nothing if there is none.
ACRX_DECL std::optional<std::string> source_date_epoch_text(dockerfile::file const& file);

/// The time of fetched files: what their source says, else that of the newest of them; nothing for the user's own.
ACRX_DECL std::optional<time_point> time_of_context(build_context const& context);

/// The default of an `ARG SOURCE_DATE_EPOCH` before the first FROM.
/// @throws dockerfile::parse_error  with its line, if it is no time
ACRX_DECL std::optional<time_point> source_date_epoch_of(dockerfile::file const& file);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/source_date_epoch.ipp>
#endif
#endif
