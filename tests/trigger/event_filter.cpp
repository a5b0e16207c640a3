#include <acrx/trigger/event_filter.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_event_filter)

namespace {
git_push commit_to(std::string branch)
{
    git_push commit;
    commit.repository_url = "https://h.example/a/b.git";
    commit.branch = std::move(branch);
    commit.default_branch = "main";
    return commit;
}

pull_request request_with(pull_request_action action)
{
    pull_request request;
    request.repository_url = "https://h.example/a/b";
    request.action = action;
    request.target_branch = "main";
    request.default_branch = "main";
    return request;
}

event_filter filter_of(std::vector<std::string> branches = {})
{
    event_filter filter;
    filter.repository_url = "https://me@H.example/a/B/";
    filter.branches = std::move(branches);
    return filter;
}

template<class What>
bool passes(event_filter const& filter, What const& what)
{
    auto const verdict = judge(filter, {"1", "GitHub", what});
    BOOST_TEST(verdict.passes == verdict.reason.empty());
    return verdict.passes;
}
}  // namespace

BOOST_AUTO_TEST_CASE(takes_the_default_branch_unless_branches_are_named)
{
    BOOST_TEST(passes(filter_of(), commit_to("main")));
    BOOST_TEST(!passes(filter_of(), commit_to("dev")));
    BOOST_TEST(passes(filter_of({"d*"}), commit_to("dev")));
    BOOST_TEST(!passes(filter_of({"d*"}), commit_to("main")));
    auto unknown = commit_to("main");
    unknown.default_branch.clear();
    BOOST_TEST(!passes(filter_of(), unknown));
}

BOOST_AUTO_TEST_CASE(takes_its_own_repository_alone)
{
    auto foreign = commit_to("main");
    foreign.repository_url = "https://h.example/a/c";
    BOOST_TEST(!passes(filter_of(), foreign));
}

BOOST_AUTO_TEST_CASE(takes_tags_only_if_they_are_named)
{
    auto tagged = commit_to("");
    tagged.tag = "v1.0";
    BOOST_TEST(!passes(filter_of({"**"}), tagged));
    auto filter = filter_of();
    filter.tags = {"v*", "!v0*"};
    BOOST_TEST(passes(filter, tagged));
    tagged.tag = "v0.9";
    BOOST_TEST(!passes(filter, tagged));
}

BOOST_AUTO_TEST_CASE(takes_pushes_that_may_have_changed_a_watched_path)
{
    auto filter = filter_of();
    filter.paths = {"src/**", "!src/**/*.md"};
    auto commit = commit_to("main");
    BOOST_TEST(passes(filter, commit));
    commit.changed_paths = {"docs/a", "src/x/a.md"};
    BOOST_TEST(!passes(filter, commit));
    commit.changed_paths->push_back("src/a.c");
    BOOST_TEST(passes(filter, commit));
}

BOOST_AUTO_TEST_CASE(takes_pull_requests_with_new_commits_if_asked_for)
{
    auto filter = filter_of();
    BOOST_TEST(!passes(filter, request_with(pull_request_action::opened)));
    filter.pull_requests = true;
    filter.commits = false;
    BOOST_TEST(passes(filter, request_with(pull_request_action::opened)));
    BOOST_TEST(passes(filter, request_with(pull_request_action::reopened)));
    BOOST_TEST(passes(filter, request_with(pull_request_action::synchronized)));
    BOOST_TEST(!passes(filter, request_with(pull_request_action::other)));
    BOOST_TEST(!passes(filter, commit_to("main")));
    auto request = request_with(pull_request_action::opened);
    request.from_fork = true;
    BOOST_TEST(!passes(filter, request));
    filter.forks = true;
    BOOST_TEST(passes(filter, request));
    request.target_branch = "dev";
    BOOST_TEST(!passes(filter, request));
    BOOST_TEST(!passes(filter, timer_tick{}));
}

BOOST_AUTO_TEST_SUITE_END()
