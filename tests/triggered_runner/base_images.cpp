#include <acrx/triggered_runner/base_image_book.hpp>

#include <boost/test/unit_test.hpp>

#include <triggered_runner/scripted_runner.hpp>

#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::scripted_runner;
using acrx::testing::task_of;

BOOST_AUTO_TEST_SUITE(triggered_runner_base_images)

namespace {
task_definition on_base(std::string name, base_image_scope scope = base_image_scope::runtime)
{
    auto task = task_of(std::move(name));
    task.triggers.base_image = base_image_trigger{};
    task.triggers.base_image->scope = scope;
    return task;
}

image_dependency image(std::string const& repository, std::string const& content)
{
    auto found = parse_image_dependency("r.example/" + repository + ":1");
    found.digest = content.empty() ? "" : digest_of(content).str();
    return found;
}

trigger_event pushed(std::string const& repository, std::string const& content, std::string id = {})
{
    return {std::move(id), "distribution", image_update{{{"r.example", repository, "1", digest_of(content)}}}};
}

/// A run that built `made` on `base`.
run_outcome built(std::string const& base, std::string const& content, std::string const& made = {}, std::string const& its = {})
{
    run_outcome outcome{.succeeded = true};
    auto& build = outcome.dependencies.emplace_back();
    build.runtime = image(base, content);
    if (!made.empty())
        outcome.outputs.push_back({"r.example", made, "1", digest_of(its)});
    return outcome;
}

std::vector<std::string> tasks_begun(scripted_runner<>& r)
{
    std::vector<std::string> names;
    for (auto const& order : r.script.begun)
        names.push_back(order.record.task);
    r.script.begun.clear();
    return names;
}

using names = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(fires_each_task_once_for_a_digest)
{
    scripted_runner<> r;
    for (auto const* name : {"first", "second"}) {
        r.wait(r.service.save_task(on_base(name)));
        r.script.outcomes[name] = built("base", "v1");
    }
    r.start();
    r.schedule("first");
    r.schedule("second");
    tasks_begun(r);
    BOOST_TEST(r.wait(r.service.accept(pushed("base", "v1"))).runs.empty());
    auto const accepted = r.wait(r.service.accept(pushed("base", "v2")));
    BOOST_TEST(accepted.runs.size() == 2);
    BOOST_TEST(accepted.runs[0].cause.trigger == "defaultBaseimageTriggerName");
    BOOST_TEST(r.wait(r.service.accept(pushed("base", "v2"))).runs.empty());
    BOOST_TEST(r.wait(r.service.accept(pushed("base", "v2", "another delivery"))).runs.empty());
    BOOST_TEST((tasks_begun(r) == names{"first", "second"}));
    BOOST_TEST(r.wait(r.service.accept(pushed("other", "v2"))).runs.empty());
}

BOOST_AUTO_TEST_CASE(a_chain_is_built_in_order_and_comes_to_rest)
{
    scripted_runner<> r;
    r.wait(r.service.save_task(on_base("middle")));
    r.wait(r.service.save_task(on_base("application")));
    r.script.outcomes["middle"] = built("base", "v1", "middle", "m1");
    r.script.outcomes["application"] = built("middle", "m1", "application", "a1");
    r.start();
    r.schedule("middle");
    r.schedule("application");
    BOOST_TEST((tasks_begun(r) == names{"middle", "application"}));
    r.script.outcomes["middle"] = built("base", "v2", "middle", "m2");
    r.script.outcomes["application"] = built("middle", "m2", "application", "a2");
    r.wait(r.service.accept(pushed("base", "v2")));
    BOOST_TEST((tasks_begun(r) == names{"middle", "application"}));
    BOOST_TEST(r.wait(r.service.accept(pushed("middle", "m2"))).runs.empty());
    BOOST_TEST(tasks_begun(r).empty());
}

BOOST_AUTO_TEST_CASE(remembers_across_a_restart_what_was_fired)
{
    memory_store store;
    {
        scripted_runner<> r({}, store);
        r.wait(r.service.save_task(on_base("first")));
        r.script.outcomes["first"] = built("base", "v1");
        r.start();
        r.schedule("first");
        r.script.outcomes["first"] = {.succeeded = false, .error = "broken"};
        BOOST_TEST(r.wait(r.service.accept(pushed("base", "v2"))).runs.size() == 1);
    }
    scripted_runner<> r({}, store);
    r.script.outcomes["first"] = built("base", "v3");
    r.start();
    BOOST_TEST(r.wait(r.service.accept(pushed("base", "v2"))).runs.empty());
    BOOST_TEST(r.wait(r.service.accept(pushed("base", "v3"))).runs.size() == 1);
    BOOST_CHECK((r.wait(r.service.changes(true)).base_images == std::map<std::string, bool>{{"r.example/base:1", true}}));
}

BOOST_AUTO_TEST_CASE(runners_on_one_store_fire_once_for_a_digest)
{
    memory_store store;
    scripted_runner<> a({.worker = "a"}, store);
    scripted_runner<> b({.worker = "b"}, store);
    auto const accept = [](scripted_runner<>& r, std::string const& content) {
        return r.wait(r.service.accept(pushed("base", content))).runs.size();
    };
    a.wait(a.service.save_task(on_base("first")));
    for (auto* r : {&a, &b}) {
        r->script.outcomes["first"] = built("base", "v1");
        BOOST_TEST(accept(*r, "v1") == 0U);
    }
    a.start();
    a.schedule("first");
    a.stop();
    // What a run of one recorded, the other knows.
    BOOST_TEST((b.wait(b.service.changes(false)).base_images == std::map<std::string, bool>{{"r.example/base:1", true}}));
    BOOST_TEST(accept(a, "v2") == 1U);
    BOOST_TEST(accept(b, "v2") == 0U);
    BOOST_TEST(accept(b, "v1") == 0U);
    BOOST_TEST(accept(a, "v2") == 1U);
    BOOST_TEST(accept(b, "v2") == 0U);
    BOOST_TEST(accept(b, "v3") == 1U);
    // The end of a run takes nothing back that another runner noted meanwhile.
    a.script.outcomes["first"] = built("base", "v2");
    a.start();
    a.stop();
    BOOST_TEST(accept(a, "v3") == 0U);
    BOOST_TEST(accept(b, "v3") == 0U);
}

BOOST_AUTO_TEST_CASE(the_trigger_says_which_images_count)
{
    scripted_runner<> r;
    r.wait(r.service.save_task(on_base("runtime")));
    r.wait(r.service.save_task(on_base("every", base_image_scope::all)));
    auto off = on_base("switched-off");
    off.triggers.base_image->is_enabled = false;
    r.wait(r.service.save_task(off));
    for (auto const* name : {"runtime", "every", "switched-off"}) {
        r.script.outcomes[name] = built("base", "v1");
        r.script.outcomes[name].dependencies[0].buildtime = {image("builder", "b1")};
    }
    r.start();
    for (auto const* name : {"runtime", "every", "switched-off"})
        r.schedule(name);
    tasks_begun(r);
    r.wait(r.service.accept(pushed("builder", "b2")));
    BOOST_TEST((tasks_begun(r) == names{"every"}));
    r.wait(r.service.remove_task("every"));
    r.wait(r.service.accept(pushed("base", "v2")));
    BOOST_TEST((tasks_begun(r) == names{"runtime"}));
    off.triggers.base_image->is_enabled = true;
    r.wait(r.service.save_task(off));
    r.wait(r.service.accept(pushed("base", "v3")));
    BOOST_TEST((tasks_begun(r) == names{"runtime", "switched-off"}));
}

BOOST_AUTO_TEST_CASE(a_push_without_a_digest_makes_others_look)
{
    scripted_runner<> r;
    r.wait(r.service.save_task(on_base("first")));
    r.script.outcomes["first"] = built("base", "v1");
    r.start();
    r.schedule("first");
    r.stop();
    for (auto const* repository : {"base", "other"}) {
        image_update update{{{"r.example", repository, "1", {}}}};
        BOOST_TEST(r.wait(r.service.accept({"", "Docker Hub", update})).runs.empty());
    }
    BOOST_TEST((r.wait(r.service.changes(false)).pushed_images == names{"r.example/base:1"}));
    BOOST_TEST(r.wait(r.service.changes(false)).pushed_images.empty());
}

BOOST_AUTO_TEST_SUITE_END()
