// The record of a run: what was asked for, how it ended, what came out.
#ifndef ACRX_CLI_RUN_RECORD_HPP
#define ACRX_CLI_RUN_RECORD_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// How a run ended.
enum class run_status
{
    running,
    succeeded,
    failed,    ///< a step failed, or the Dockerfile is wrong
    canceled,  ///< by the user
    timeout,   ///< the time of the run was up
    error,     ///< something outside the steps: a registry, this machine
};

/// `Succeeded`, `Failed`, …
ACRX_DECL std::string_view to_string(run_status status);

/// A name that a run gave to its image.
struct output_image
{
    reference name;
    bool pushed = false;  ///< it is in its registry, not only in the local store
};

/// One run.
struct run_record
{
    std::string id;
    run_status status = run_status::running;
    time_point created{};
    time_point started{};
    std::optional<time_point> finished;
    std::vector<platform> platforms;
    std::vector<output_image> images;
    digest image;                   ///< of the manifest; empty if there is none
    digest config;
    std::vector<reference> bases;
    std::vector<dockerfile::lint_warning> warnings;  ///< what the checks of the Dockerfile found
    std::string error;              ///< the text of what ended the run; empty for success
};

/// One JSON object, indented, with a line feed at the end.
ACRX_DECL std::string to_json_text(run_record const& record);
/// A header and one line.
ACRX_DECL std::string to_table(run_record const& record);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/run_record.ipp>
#endif
#endif
