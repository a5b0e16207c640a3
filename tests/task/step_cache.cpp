#include <acrx/task/step_cache.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_step_cache)

BOOST_AUTO_TEST_CASE(the_vectors_of_the_reference)
{
    auto const digest = "test:5000/repo@sha256:" + std::string(64, 'a');
    BOOST_TEST(find_step_cache({"test.com/repo:tag"}, "step0", "fooTask", "").reference
               == "test.com/repo:cache_fooTask_step0");
    BOOST_TEST(find_step_cache({digest}, "a_b_c", "foo", "").reference == "test:5000/repo:cache_foo_a_b_c");
    BOOST_TEST(find_step_cache({"a", "b"}, "1", "", "sam.azurecr.io").reference == "sam.azurecr.io/a:cache_quickrun_1");
    BOOST_TEST(find_step_cache({"a", "sam.azurecr.io/foo"}, "1", "", "sam.azurecr.io").reference
               == "sam.azurecr.io/foo:cache_quickrun_1");
    BOOST_TEST(find_step_cache({"org/a"}, "1", "", "r.io").reference == "r.io/org/a:cache_quickrun_1");
    BOOST_TEST(find_step_cache({"localhost/a:1"}, "1", "", "").reference == "localhost/a:cache_quickrun_1");
}

BOOST_AUTO_TEST_CASE(where_there_is_no_place_for_a_cache_it_says_why)
{
    for (auto const& none :
         {find_step_cache({}, "1", "", "r.io"), find_step_cache({"a"}, "1", "", ""),
          find_step_cache({"r.io/a"}, std::string(120, 'x'), "", ""), find_step_cache({"r.io/A"}, "1", "", ""),
          find_step_cache({"r.io/a"}, "1", "a task", "")}) {
        BOOST_TEST(none.reference == "");
        BOOST_TEST(none.problem != "");
    }
    BOOST_TEST(find_step_cache({"r.io/a"}, std::string(113, 'x'), "", "").reference != "");
}

BOOST_AUTO_TEST_SUITE_END()
