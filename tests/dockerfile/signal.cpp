#include <acrx/dockerfile/signal.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_signal)

BOOST_AUTO_TEST_CASE(knows_names_and_numbers)
{
    BOOST_CHECK_EQUAL(parse_signal("9"), 9);
    BOOST_CHECK_EQUAL(parse_signal("SIGTERM"), 15);
    BOOST_CHECK_EQUAL(parse_signal("term"), 15);
    BOOST_CHECK_EQUAL(parse_signal("sigWinch"), 28);
    BOOST_CHECK_EQUAL(parse_signal("SIGRTMIN+3"), 37);
    BOOST_CHECK_EQUAL(parse_signal("RTMAX-14"), 50);
    BOOST_CHECK_EQUAL(parse_signal("64"), 64);
}

BOOST_AUTO_TEST_CASE(refuses_the_rest)
{
    for (auto text : {"", "0", "-1", "65", "SIG", "FOO", "9x", "RTMIN+16", "RTMIN+0", "RTMIN-1", "RTMAX-15",
                      "SIGSIGTERM"})
        BOOST_CHECK_EXCEPTION(parse_signal(text), parse_error, [&](auto const& e) {
            return e.text() == "invalid signal: " + std::string(text);
        });
}

BOOST_AUTO_TEST_SUITE_END()
