#include <acrx/trigger/base_image_watch.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_base_image_watch)

namespace {
using names = std::vector<std::string>;

digest sum(char c)
{
    return digest::parse("sha256:" + std::string(64, c));
}

tracked_base base(std::string const& name, char c, bool is_runtime = true)
{
    return {parse_reference(name), sum(c), is_runtime};
}

names observe(base_image_watch& watch, std::string const& name, char c)
{
    return watch.observe(parse_reference(name), sum(c));
}

auto const all = base_image_scope::all;
auto const runtime = base_image_scope::runtime;
}  // namespace

BOOST_AUTO_TEST_CASE(a_new_digest_fires_each_task_on_it_once)
{
    base_image_watch watch;
    watch.track("b", {base("node:20", '1')}, runtime);
    watch.track("a", {base("node:20", '1'), base("nginx", '1')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '1') == names{});
    BOOST_TEST(observe(watch, "node:20", '2') == (names{"a", "b"}));
    BOOST_TEST(observe(watch, "node:20", '2') == names{});
    BOOST_TEST(observe(watch, "node:21", '2') == names{});
    BOOST_TEST(observe(watch, "docker.io/library/nginx:latest", '2') == names{"a"});
}

BOOST_AUTO_TEST_CASE(a_tag_that_moves_back_is_an_update_too)
{
    base_image_watch watch;
    watch.track("a", {base("node:20", '1')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '2') == names{"a"});
    watch.track("a", {base("node:20", '2')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '1') == names{"a"});
    watch.track("a", {base("node:20", '1')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '2') == names{"a"});
}

BOOST_AUTO_TEST_CASE(a_failed_run_is_not_started_again_by_the_same_digest)
{
    base_image_watch watch;
    watch.track("a", {base("node:20", '1')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '2') == names{"a"});
    BOOST_TEST(observe(watch, "node:20", '2') == names{});
    BOOST_TEST(observe(watch, "node:20", '1') == names{});
    BOOST_TEST(observe(watch, "node:20", '2') == names{"a"});
}

BOOST_AUTO_TEST_CASE(a_run_that_records_the_digest_of_a_platform_does_not_loop)
{
    base_image_watch watch;
    watch.track("a", {base("node:20", '7')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '2') == names{"a"});
    for (int i = 0; i < 3; ++i) {
        watch.track("a", {base("node:20", '7')}, runtime);
        BOOST_TEST(observe(watch, "node:20", '2') == names{});
    }
    BOOST_TEST(observe(watch, "node:20", '3') == names{"a"});
}

BOOST_AUTO_TEST_CASE(an_update_during_the_run_that_it_missed_fires_afterwards)
{
    base_image_watch watch;
    watch.track("a", {base("node:20", '1')}, runtime);
    observe(watch, "node:20", '2');
    BOOST_TEST(observe(watch, "node:20", '3') == names{"a"});
    watch.track("a", {base("node:20", '3')}, runtime);
    BOOST_TEST(observe(watch, "node:20", '3') == names{});
}

BOOST_AUTO_TEST_CASE(a_run_that_does_not_know_its_digest_used_the_one_that_was_seen_last)
{
    base_image_watch watch;
    watch.track("a", {tracked_base{parse_reference("node:20"), {}}}, runtime);
    BOOST_TEST(observe(watch, "node:20", '1') == names{});
    auto const settled = watch.settled("a");
    base_image_watch later;
    later.track("a", {tracked_base{parse_reference("node:20"), {}}}, runtime);
    later.settle("a", settled);
    BOOST_TEST(observe(later, "node:20", '2') == names{"a"});
    BOOST_TEST(observe(later, "node:20", '2') == names{});
}

BOOST_AUTO_TEST_CASE(the_scope_decides_on_images_of_other_stages)
{
    base_image_watch watch;
    watch.track("r", {base("nginx", '1'), base("node", '1', false)}, runtime);
    watch.track("a", {base("nginx", '1'), base("node", '1', false)}, all);
    BOOST_TEST(observe(watch, "node", '2') == names{"a"});
    BOOST_TEST(observe(watch, "nginx", '2') == (names{"a", "r"}));
}

BOOST_AUTO_TEST_CASE(pinned_images_and_scratch_are_not_watched)
{
    base_image_watch watch;
    watch.track("a", {base("node@" + sum('1').str(), '1'), base("scratch", '1')}, all);
    BOOST_TEST(watch.tracked() == names{});
}

BOOST_AUTO_TEST_CASE(each_success_replaces_what_is_tracked)
{
    base_image_watch watch;
    watch.track("a", {base("node", '1'), base("nginx", '1')}, all);
    watch.track("a", {base("nginx", '1')}, all);
    BOOST_TEST(watch.tracked() == names{"docker.io/library/nginx:latest"});
    BOOST_TEST(watch.tasks_on(parse_reference("nginx")) == names{"a"});
    watch.forget("a");
    watch.forget("a");
    BOOST_TEST(watch.tracked() == names{});
    BOOST_TEST(observe(watch, "nginx", '2') == names{});
}

BOOST_AUTO_TEST_CASE(a_task_that_uses_several_images_of_a_notification_is_due_once)
{
    base_image_watch watch;
    watch.track("a", {base("r.io/x:1", '1'), base("r.io/y:1", '1')}, all);
    auto const due = watch.observe(image_update{{{"r.io", "x", "1", sum('2')}, {"r.io", "y", "1", sum('2')}}});
    BOOST_REQUIRE(due.size() == 1U);
    BOOST_TEST(due[0].task == "a");
    BOOST_TEST(due[0].images.size() == 2U);
}

BOOST_AUTO_TEST_CASE(chains_fire_and_circles_do_not)
{
    base_image_watch watch;
    watch.track("middle", {base("r.io/base:1", '1')}, all, {parse_reference("r.io/middle:1")});
    watch.track("app", {base("r.io/middle:1", '1')}, all, {parse_reference("r.io/app:1")});
    BOOST_TEST(observe(watch, "r.io/base:1", '2') == names{"middle"});
    BOOST_TEST(observe(watch, "r.io/middle:1", '2') == names{"app"});
    watch.track("base", {base("r.io/app:1", '1')}, all, {parse_reference("r.io/base:1")});
    BOOST_TEST(observe(watch, "r.io/app:1", '2') == names{});
    watch.track("self", {base("r.io/self:1", '1')}, all, {parse_reference("r.io/self:1")});
    BOOST_TEST(observe(watch, "r.io/self:1", '2') == names{});
}

BOOST_AUTO_TEST_CASE(ten_thousand_images_are_cheap)
{
    base_image_watch watch;
    for (int i = 0; i < 10000; ++i)
        watch.track("task" + std::to_string(i), {base("r.io/x" + std::to_string(i) + ":1", '1')}, all);
    BOOST_TEST(watch.tracked().size() == 10000U);
    std::size_t fired = 0;
    for (int i = 0; i < 10000; ++i)
        fired += observe(watch, "r.io/x" + std::to_string(i) + ":1", '2').size();
    BOOST_TEST(fired == 10000U);
}

BOOST_AUTO_TEST_SUITE_END()
