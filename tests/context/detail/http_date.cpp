#include <acrx/context/detail/http_date.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_detail_http_date)

BOOST_AUTO_TEST_CASE(reads_the_form_that_is_sent)
{
    BOOST_TEST((detail::parse_http_date("Tue, 14 Nov 2023 22:13:20 GMT") == time_point(std::chrono::seconds(1'700'000'000))));
    BOOST_TEST((detail::parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT") == time_point()));
}

BOOST_AUTO_TEST_CASE(takes_nothing_else)
{
    for (auto const* text : {"", "yesterday", "120", "Tue, 31 Feb 2023 22:13:20 GMT", "Tue, 14 Nox 2023 22:13:20 GMT",
                             "Tue, 14 ovD 2023 22:13:20 GMT", "Tue, 14 Nov 2023 25:13:20 GMT"})
        BOOST_TEST(!detail::parse_http_date(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
