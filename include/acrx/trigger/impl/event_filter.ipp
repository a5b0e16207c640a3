// Bodies of trigger/event_filter.hpp.
#ifndef ACRX_TRIGGER_IMPL_EVENT_FILTER_IPP
#define ACRX_TRIGGER_IMPL_EVENT_FILTER_IPP
#include <acrx/trigger/event_filter.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
inline filter_verdict no_run(std::string reason)
{
    return {false, std::move(reason)};
}

inline filter_verdict judge_branch(event_filter const& filter, std::string const& branch,
                                   std::string const& default_branch)
{
    if (!filter.branches.empty())
        return fits_globs(filter.branches, branch) ? filter_verdict{}
                                                   : no_run("the branch " + branch + " is not among those watched");
    if (default_branch.empty())
        return no_run("the host does not tell the default branch: name the branch to watch");
    return branch == default_branch ? filter_verdict{} : no_run("the branch " + branch + " is not the default branch");
}

inline filter_verdict judge_paths(event_filter const& filter, git_push const& commit)
{
    auto const is_watched = [&](std::string const& path) { return fits_globs(filter.paths, path); };
    if (filter.paths.empty() || !commit.changed_paths || std::ranges::any_of(*commit.changed_paths, is_watched))
        return {};
    return no_run("no path that is watched was changed");
}

/// One overload a kind of event.
struct event_judge
{
    event_filter const& filter;

    filter_verdict operator()(git_push const& commit) const
    {
        if (!is_same_repository(filter.repository_url, commit.repository_url))
            return no_run("it comes from another repository");
        if (!filter.commits)
            return no_run("commits start no runs");
        if (!commit.tag.empty())
            return fits_globs(filter.tags, commit.tag)
                       ? judge_paths(filter, commit)
                       : no_run("the tag " + commit.tag + " is not among those watched");
        auto verdict = judge_branch(filter, commit.branch, commit.default_branch);
        return verdict.passes ? judge_paths(filter, commit) : verdict;
    }

    filter_verdict operator()(pull_request const& request) const
    {
        if (!is_same_repository(filter.repository_url, request.repository_url))
            return no_run("it comes from another repository");
        if (!filter.pull_requests)
            return no_run("pull requests start no runs");
        if (request.action == pull_request_action::other)
            return no_run("the pull request has no new commits");
        if (request.from_fork && !filter.forks)
            return no_run("the pull request comes from a fork");
        return judge_branch(filter, request.target_branch, request.default_branch);
    }

    template<class Other>
    filter_verdict operator()(Other const&) const
    {
        return no_run("it is neither a commit nor a pull request");
    }
};
}  // namespace detail

ACRX_DECL filter_verdict judge(event_filter const& filter, trigger_event const& event)
{
    return std::visit(detail::event_judge{filter}, event.what);
}
}  // namespace acrx
#endif
