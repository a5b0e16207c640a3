// The log of a build for programs: what happens as lines of JSON, in the form that BuildKit gives them (`rawjson`).
#ifndef ACRX_CLI_RAW_JSON_LOG_HPP
#define ACRX_CLI_RAW_JSON_LOG_HPP

#include <acrx/build/progress.hpp>
#include <acrx/cli/progress_model.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::cli {
/// Turns events into lines, each an object with one or more of these arrays:
///
/// | array      | what it tells                    | members                                                             |
/// |------------|----------------------------------|---------------------------------------------------------------------|
/// | `vertexes` | where a line of work stands      | `digest`, `name`, `started`, `completed`, `cached`, `error`         |
/// | `statuses` | how far its transfer is          | `id`, `vertex`, `name`, `current`, `total`, `timestamp`, `started`, `completed` |
/// | `logs`     | output of a step, as it comes    | `vertex`, `stream`, `data` (base64), `timestamp`                    |
/// | `warnings` | findings in the Dockerfile, notes | `level`, `short` and `detail` (base64), `url`, `range`             |
///
/// A later object about a `digest` takes the place of an earlier one. A transfer is told ten times a second at most.
class raw_json_log
{
public:
    /// @param run_id  makes the digests of one run differ from those of another
    explicit raw_json_log(std::string run_id) : run_id_(std::move(run_id)) {}

    /// The line that the event adds; empty if none.
    ACRX_DECL std::string take(progress_event const& event, time_point now);
    /// The line that ends what still runs, and gives the work that failed first its reason; empty if there is neither.
    /// @param reason  of the failure of the build; may be empty
    ACRX_DECL std::string finish(work_ended::outcome how, std::string_view reason, time_point now);
    /// A line beside the events.
    ACRX_DECL std::string say(std::string_view text) const;

private:
    ACRX_DECL std::string digest_of_work(shown_work const& work) const;
    ACRX_DECL boost::json::object vertex_of(shown_work const& work) const;
    ACRX_DECL boost::json::object status_of(shown_work const& work, time_point now) const;
    ACRX_DECL std::string end_line(unsigned id, time_point now);
    ACRX_DECL std::string transfer_line(unsigned id, time_point now);
    ACRX_DECL std::string output_line(work_output const& output, time_point now) const;

    std::string run_id_;
    progress_model model_;
    std::map<unsigned, time_point> last_shown_;  ///< of transfers
    std::optional<unsigned> first_failed_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/raw_json_log.ipp>
#endif
#endif
