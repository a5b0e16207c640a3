// Which commits and pull requests start a run of a task.
#ifndef ACRX_TRIGGER_EVENT_FILTER_HPP
#define ACRX_TRIGGER_EVENT_FILTER_HPP

#include <acrx/core/config.hpp>
#include <acrx/trigger/glob.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <string>
#include <vector>

namespace acrx {
/// The source trigger of a task. Lists hold patterns as `fits_globs` reads them.
struct event_filter
{
    std::string repository_url;         ///< in any way to write it, see `repository_key`
    bool commits = true;                ///< pushes start runs
    bool pull_requests = false;         ///< pull requests that were opened, reopened or got new commits start runs
    std::vector<std::string> branches;  ///< of pushes, and targets of pull requests; empty: the default branch
    std::vector<std::string> tags;      ///< empty: no tag starts a run
    /// A push starts a run if it changed one of these paths; empty: any. Pushes whose paths the host does not tell, and
    /// pull requests, always fit.
    std::vector<std::string> paths;
    bool forks = false;  ///< pull requests that bring the code of strangers start runs too
};

/// Whether an event starts a run, and if not, why.
struct filter_verdict
{
    bool passes = true;
    std::string reason;  ///< for a person to read; empty if it passes
};

/// Judges commits and pull requests; other events never pass.
ACRX_DECL filter_verdict judge(event_filter const& filter, trigger_event const& event);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/event_filter.ipp>
#endif
#endif
