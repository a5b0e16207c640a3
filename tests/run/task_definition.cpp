#include <acrx/run/task_definition.hpp>

#include <acrx/core/error.hpp>
#include <acrx/run/run_request.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(run_task_definition)

namespace {
task_definition good()
{
    task_definition task;
    task.name = "build-app_1";
    docker_step step;
    step.arguments = {{"PLAIN", "1", false}, {"TOKEN", "geheim", true}};
    task.step = step_definition{step, "https://example.com/o/r.git", "pat"};
    task.triggers.timers = {{"t1", "0 2 * * *", true}};
    return task;
}

using edit = std::function<void(task_definition&)>;

std::vector<std::pair<std::string, edit>> const wrong = {
    {"5 to 50", [](auto& t) { t.name = "abcd"; }},
    {"5 to 50", [](auto& t) { t.name = "../etc/passwd"; }},
    {"5 to 50", [](auto& t) { t.name = std::string(51, 'a'); }},
    {"300 to 28800", [](auto& t) { t.timeout = std::chrono::seconds(299); }},
    {"300 to 28800", [](auto& t) { t.timeout = std::chrono::seconds(28801); }},
    {"platform", [](auto& t) { t.platform.os = "windows"; }},
    {"no step", [](auto& t) { t.step.reset(); }},
    {"has no step", [](auto& t) { t.name = "quicktask", t.is_system = true; }},
    {"has the name quicktask", [](auto& t) { t.is_system = true, t.step.reset(); }},
    {"context", [](auto& t) { t.step->context.clear(); }},
    {"Dockerfile", [](auto& t) { std::get<docker_step>(t.step->what).dockerfile.clear(); }},
    {"text of its step", [](auto& t) { t.step->what = text_step{}; }},
    {"names no date", [](auto& t) { t.triggers.timers[0].schedule = "0 0 30 2 *"; }},
    {"", [](auto& t) { t.triggers.timers[0].schedule = "often"; }},
    {"two timer triggers", [](auto& t) { t.triggers.timers.push_back({"T1", "* * * * *", true}); }},
    {"two timers have the schedule", [](auto& t) { t.triggers.timers.push_back({"t2", "0 2 * * *", true}); }},
    {"needs a name", [](auto& t) { t.triggers.timers[0].name = "a/b"; }},
    {"no git repository", [](auto& t) { t.triggers.sources.emplace_back(); }},
};
}  // namespace

BOOST_AUTO_TEST_CASE(refuses_what_no_run_could_be_made_of)
{
    BOOST_CHECK_NO_THROW(check_task(good()));
    for (auto const& [text, make_wrong] : wrong) {
        auto task = good();
        make_wrong(task);
        auto const& part = text;
        auto const says_so = [&part](error const& e) { return e.text().find(part) != std::string::npos; };
        BOOST_CHECK_EXCEPTION(check_task(task), error, says_so);
    }
}

BOOST_AUTO_TEST_CASE(shows_no_secrets)
{
    auto task = good();
    task.triggers.sources.emplace_back().token = "pat";
    task.credentials.registries["r.example"] = {{"user", false}, {"geheim", false}, {}};
    task.credentials.registries["v.example"] = {{"user", false}, {"https://vault.example/secrets/x", true}, {}};
    auto const shown = without_secrets(task);
    BOOST_TEST(std::get<docker_step>(shown.step->what).arguments[0].value == "1");
    BOOST_TEST(std::get<docker_step>(shown.step->what).arguments[1].value == "");
    BOOST_TEST(shown.step->context_token == "");
    BOOST_TEST(shown.triggers.sources[0].token == "");
    BOOST_TEST(shown.credentials.registries.at("r.example").password.value == "");
    BOOST_TEST(shown.credentials.registries.at("v.example").password.value == "https://vault.example/secrets/x");
}

BOOST_AUTO_TEST_CASE(changes_of_one_run_fit_the_step)
{
    auto const task = good();
    step_override changes;
    changes.target = "test";
    changes.arguments = {{"TOKEN", "other", true}, {"NEW", "x", false}};
    auto const request = request_of(*task.step, changes);
    auto const& step = std::get<docker_step>(request.what);
    BOOST_TEST(step.target == "test");
    BOOST_TEST(step.arguments.size() == 3);
    BOOST_TEST(step.arguments[1].value == "other");
    BOOST_TEST(request.context == "https://example.com/o/r.git");
    BOOST_TEST((secrets_of(request) == std::vector<std::string>{"other", "pat"}));
    changes.values = {{"v", "1", false}};
    BOOST_CHECK_THROW(request_of(*task.step, changes), error);
}

BOOST_AUTO_TEST_SUITE_END()
