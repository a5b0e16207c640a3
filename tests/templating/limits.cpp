#include <acrx/templating/limits.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_limits)

BOOST_AUTO_TEST_CASE(counts_steps)
{
    limits few;
    few.steps = 10'000;
    budget left(few);
    for (int i = 0; i < 10'000; ++i)
        left.spend(1);
    BOOST_CHECK_THROW(left.spend(8192), acrx::error);
    budget other(few);
    BOOST_CHECK_THROW(other.spend(10'001), acrx::error);
}

BOOST_AUTO_TEST_CASE(counts_what_is_made)
{
    limits few;
    few.memory = 10;
    few.text = 5;
    budget left(few);
    left.make(10);
    BOOST_CHECK_THROW(left.make(1), acrx::error);
    bounded_text text(left);
    text.put("abc");
    text.put(2, 'd');
    BOOST_CHECK_THROW(text.put("e"), acrx::error);
    BOOST_CHECK_THROW(text.put(static_cast<std::size_t>(-1), 'e'), acrx::error);
    BOOST_TEST(text.take() == "abcdd");
}

BOOST_AUTO_TEST_SUITE_END()
