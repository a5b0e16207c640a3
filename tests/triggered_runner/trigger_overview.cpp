#include <acrx/triggered_runner/trigger_overview.hpp>

#include <boost/test/unit_test.hpp>

#include <triggered_runner/scripted_runner.hpp>

#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::task_of;

BOOST_AUTO_TEST_SUITE(triggered_runner_trigger_overview)

namespace {
auto const noon = parse_rfc3339("2026-03-01T12:00:00Z");
using names = std::vector<std::string>;

image_dependencies built_on(std::string const& image)
{
    image_dependencies build;
    build.runtime = parse_image_dependency(image);
    build.runtime.digest = digest_of(image).str();
    return build;
}
}  // namespace

BOOST_AUTO_TEST_CASE(tells_enabled_timers_the_next_first)
{
    auto nightly = task_of("nightly");
    nightly.triggers.timers = {{"late", "0 23 * * *"}, {"off", "1 12 * * *", false}, {"soon", "5 12 * * *"}};
    auto hourly = task_of("hourly");
    hourly.triggers.timers = {{"t1", "30 * * * *"}};
    auto disabled = task_of("disabled");
    disabled.is_enabled = false;
    disabled.triggers.timers = {{"t1", "* * * * *"}};
    auto const overview = look_at_triggers(task_table({nightly, hourly, disabled}), {}, noon);
    std::vector<next_tick> const expected{{"nightly", "soon", "5 12 * * *", noon + std::chrono::minutes(5)},
                                          {"hourly", "t1", "30 * * * *", noon + std::chrono::minutes(30)},
                                          {"nightly", "late", "0 23 * * *", noon + std::chrono::hours(11)}};
    BOOST_TEST((overview.ticks == expected));
}

BOOST_AUTO_TEST_CASE(tells_which_images_start_and_make_what)
{
    auto base = task_of("Base-Image");
    auto web = task_of("website");
    auto other = task_of("other");
    web.triggers.base_image = base_image_trigger{};
    other.triggers.base_image = base_image_trigger{.is_enabled = false};
    std::vector<task_definition> const tasks{base, web, other};
    base_image_book book;
    book.load(tasks, {});
    auto const take = [&](shared_marks const& marks) {
        for (auto const& [name, mark] : marks)
            book.learn(name, mark.now);
    };
    take(book.record("Base-Image", {}, {{"r.example", "base", "1", digest_of("a")}}));
    take(book.record("website", {built_on("r.example/base:1")}, {}));
    take(book.record("other", {built_on("r.example/base:1")}, {}));
    auto const overview = look_at_triggers(task_table(tasks), book, noon);
    BOOST_REQUIRE(overview.images.size() == 1u);
    auto const& image = overview.images.front();
    BOOST_TEST(image.image == "r.example/base:1");
    BOOST_TEST(image.digest.str() == digest_of("r.example/base:1").str());
    BOOST_TEST(image.tasks == names{"website"});
    BOOST_TEST(image.makers == names{"Base-Image"});
}
BOOST_AUTO_TEST_SUITE_END()
