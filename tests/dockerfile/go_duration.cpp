#include <acrx/dockerfile/go_duration.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(dockerfile_go_duration)

BOOST_AUTO_TEST_CASE(reads_units_fractions_and_signs)
{
    BOOST_CHECK(parse_go_duration("1m30s") == 90s);
    BOOST_CHECK(parse_go_duration("-1.5h") == -90min);
    BOOST_CHECK(parse_go_duration("+.5s") == 500ms);
    BOOST_CHECK(parse_go_duration("1.s") == 1s);
    BOOST_CHECK(parse_go_duration("0") == 0s);
    BOOST_CHECK(parse_go_duration("2us3ns") == 2003ns);
    BOOST_CHECK(parse_go_duration("1µs") == 1us);
    BOOST_CHECK(parse_go_duration("9223372036854775807ns").count() == INT64_MAX);
    BOOST_CHECK(parse_go_duration("-9223372036854775808ns").count() == INT64_MIN);
}

BOOST_AUTO_TEST_CASE(refuses_as_go_does)
{
    auto const error_of = [](char const* text) -> std::string {
        try {
            parse_go_duration(text);
        } catch (parse_error const& e) {
            return e.text();
        }
        return "no error";
    };
    BOOST_CHECK_EQUAL(error_of("1"), "time: missing unit in duration \"1\"");
    BOOST_CHECK_EQUAL(error_of("1x"), "time: unknown unit \"x\" in duration \"1x\"");
    for (auto text : {"", "-", "s", ".s", "3000000h", "9223372036854775808ns", "99999999999999999999s"})
        BOOST_CHECK_EQUAL(error_of(text), "time: invalid duration \"" + std::string(text) + "\"");
}

BOOST_AUTO_TEST_CASE(writes_as_go_does)
{
    BOOST_CHECK_EQUAL(format_go_duration(0s), "0s");
    BOOST_CHECK_EQUAL(format_go_duration(90s), "1m30s");
    BOOST_CHECK_EQUAL(format_go_duration(1h), "1h0m0s");
    BOOST_CHECK_EQUAL(format_go_duration(500ms), "500ms");
    BOOST_CHECK_EQUAL(format_go_duration(1500ns), "1.5µs");
    BOOST_CHECK_EQUAL(format_go_duration(-1ns), "-1ns");
    BOOST_CHECK_EQUAL(format_go_duration(2500ms), "2.5s");
    BOOST_CHECK_EQUAL(format_go_duration(std::chrono::nanoseconds(INT64_MIN)), "-2562047h47m16.854775808s");
}

BOOST_AUTO_TEST_SUITE_END()
