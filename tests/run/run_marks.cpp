// The marks that a run store keeps for those who accept events.
#include <acrx/run/run_store.hpp>

#include <boost/test/unit_test.hpp>

#include <run/store_places.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(run_run_marks)

BOOST_AUTO_TEST_CASE_TEMPLATE(tells_marks_by_the_beginning_of_their_names, Place, places)
{
    Place place;
    run_marks const marks{{"timer/a/1", "x"}, {"timer/a/2", "y"}, {"timer/ab/1", "z"}, {"timer0", "u"}, {"timer", "v"}};
    run(place.store.accept({.marks = marks, .at = noon}));
    BOOST_CHECK(run(place.store.marks("")) == marks);
    BOOST_CHECK((run(place.store.marks("timer/a/")) == run_marks{{"timer/a/1", "x"}, {"timer/a/2", "y"}}));
    BOOST_TEST(run(place.store.marks("timer/")).size() == 3U);
    BOOST_TEST(run(place.store.marks("nothing")).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(changes_a_shared_mark_only_for_who_knows_it, Place, places)
{
    Place place;
    auto const accept = [&](shared_marks shared) {
        acceptance event{.keys = {"event"}, .runs = {some_run()}, .marks = {{"own", "x"}}, .shared = std::move(shared), .at = noon};
        return run(place.store.accept(std::move(event))).has_value();
    };
    auto const nothing = run(place.store.edits(0));
    BOOST_TEST(!accept({{"shared/a", {"", "1"}}, {"shared/b", {"0", "1"}}}));
    BOOST_TEST(run(place.store.marks("")).empty());
    BOOST_TEST(run(place.store.runs({})).runs.empty());
    BOOST_TEST(run(place.store.edits(0)).last == nothing.last);
    BOOST_TEST(accept({{"shared/a", {"", "1"}}, {"shared/b", {"", "1"}}}));
    auto const both = run(place.store.edits(0));
    BOOST_TEST(both.marks.size() == 2U);
    BOOST_TEST(both.names.empty());

    auto const claimed = claim(place.store);
    run_change change{.status = run_status::running, .at = noon + 2s};
    change.shared = {{"shared/a", {"", "2"}}};
    BOOST_TEST(!run(place.store.change(claimed->record.id, claimed->fence, change)));
    change.shared = {{"shared/a", {"0", "2"}}};
    BOOST_TEST(!run(place.store.change(claimed->record.id, claimed->fence, change)));
    BOOST_CHECK(run(place.store.find_run(claimed->record.id))->status == run_status::started);
    change.shared = {{"shared/a", {"1", "2"}}};
    BOOST_TEST(run(place.store.change(claimed->record.id, claimed->fence, change)));
    BOOST_CHECK((run(place.store.marks("shared/")) == run_marks{{"shared/a", "2"}, {"shared/b", "1"}}));
    BOOST_TEST(run(place.store.edits(both.last)).marks == std::vector<std::string>{"shared/a"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
