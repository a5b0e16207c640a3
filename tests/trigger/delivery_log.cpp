#include <acrx/trigger/delivery_log.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(trigger_delivery_log)

BOOST_AUTO_TEST_CASE(each_delivery_counts_once_within_the_window)
{
    delivery_log log(1h);
    acrx::time_point const start{};
    BOOST_TEST(log.enter("a", start));
    BOOST_TEST(!log.enter("a", start + 59min));
    BOOST_TEST(log.enter("b", start + 59min));
    BOOST_TEST(log.enter("a", start + 1h));
    BOOST_TEST(!log.enter("b", start + 1h));
}

BOOST_AUTO_TEST_CASE(an_empty_key_is_always_new)
{
    delivery_log log;
    BOOST_TEST(log.enter("", {}));
    BOOST_TEST(log.enter("", {}));
    BOOST_TEST(log.size() == 0U);
}

BOOST_AUTO_TEST_CASE(forgets_the_oldest_beyond_its_capacity)
{
    delivery_log log(1h, 100);
    for (int i = 0; i < 1000; ++i)
        BOOST_TEST(log.enter(std::to_string(i), {}));
    BOOST_TEST(log.size() == 100U);
    BOOST_TEST(!log.enter("999", {}));
    BOOST_TEST(!log.enter("900", {}));
    BOOST_TEST(log.enter("1", {}));
}

BOOST_AUTO_TEST_SUITE_END()
