#include <acrx/templating/format.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_format)

BOOST_AUTO_TEST_CASE(prints_operands_side_by_side)
{
    budget left({});
    value_list const all{1, 2, "a", "b", 3, {}, true};
    BOOST_TEST(sprint(all, left) == "1 2ab3 <nil> true");
    BOOST_TEST(sprintln(all, left) == "1 2 a b 3 <nil> true\n");
}

BOOST_AUTO_TEST_CASE(prints_floats_that_read_back)
{
    using limit = std::numeric_limits<double>;
    BOOST_TEST(to_text(0.1) == "0.1");
    BOOST_TEST(to_text(-0.0) == "-0");
    BOOST_TEST(to_text(1e6) == "1e+06");
    BOOST_TEST(to_text(999999.0) == "999999");
    BOOST_TEST(to_text(limit::max()) == "1.7976931348623157e+308");
    BOOST_TEST(to_text(limit::denorm_min()) == "5e-324");
    BOOST_TEST(to_text(limit::infinity()) == "+Inf");
    BOOST_TEST(to_text(-limit::infinity()) == "-Inf");
    BOOST_TEST(to_text(limit::quiet_NaN()) == "NaN");
}

BOOST_AUTO_TEST_CASE(writes_json)
{
    budget left({});
    auto const v = value::map_of({{"b", value_list{1.5, {}, "\x01\xff<"}}, {"a", true}});
    BOOST_TEST(to_json(v, left) == R"({"a":true,"b":[1.5,null,"\u0001\ufffd\u003c"]})");
    BOOST_TEST(to_json(value_list{1}, left, 2) == "[\n  1\n]");
    BOOST_CHECK_THROW(to_json(std::numeric_limits<double>::infinity(), left), acrx::error);
}

BOOST_AUTO_TEST_CASE(stays_within_its_limits)
{
    limits few;
    few.text = 100;
    budget left(few);
    value const one = 1;
    BOOST_TEST(sprintf("%100d", {&one, 1}, left).size() == 100U);
    BOOST_CHECK_THROW(sprintf("%101d", {&one, 1}, left), acrx::error);
    BOOST_CHECK_THROW(sprintf("%.101d", {&one, 1}, left), acrx::error);
    BOOST_TEST(sprintf("%9999999d", {&one, 1}, left) == "%!(NOVERB)%!(EXTRA int=1)");
}

BOOST_AUTO_TEST_SUITE_END()
