// The `$filter` of lists of runs, read (OData 4.01, URL conventions, 5.1.1, as far as ACR Tasks knows it).
#ifndef ACRX_SERVER_RUN_FILTER_HPP
#define ACRX_SERVER_RUN_FILTER_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_query.hpp>

#include <string_view>
#include <vector>

namespace acrx {
/// Reads conditions joined by `and`: `TaskName eq 'nightly' and Status ne 'Failed'`, `contains(OutputImageManifests,
/// 'app@sha256:…')`, `CreateTime ge 2026-03-01T00:00:00Z`, `IsArchiveEnabled eq true`. Names of fields and words count
/// in any case of letters; a quote within a text is doubled.
/// @throws arm_refusal (400) that says at which character, counted from 1, and what belongs there
ACRX_DECL std::vector<run_condition> parse_run_filter(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/run_filter.ipp>
#endif
#endif
