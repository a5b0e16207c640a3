#include <acrx/dockerfile/port.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_port)

using words = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(reads_ports_ranges_and_protocols)
{
    BOOST_CHECK(parse_ports(words{"80", "53/UDP", "80/tcp"}) == (words{"53/udp", "80/tcp"}));
    BOOST_CHECK(parse_ports(words{"8-10/sctp"}) == (words{"10/sctp", "8/sctp", "9/sctp"}));
    BOOST_CHECK(parse_ports(words{"80/"}) == words{"80/tcp"});
    BOOST_CHECK(parse_ports(words{}).empty());
}

BOOST_AUTO_TEST_CASE(drops_what_belongs_to_the_host)
{
    BOOST_CHECK(parse_ports(words{"8080:80"}) == words{"80/tcp"});
    BOOST_CHECK(parse_ports(words{"127.0.0.1:8080:80/udp"}) == words{"80/udp"});
    BOOST_CHECK(parse_ports(words{"[::1]::80", "::1:1:81", "1-2:3-4", "5-9:6"})
                == (words{"3/tcp", "4/tcp", "6/tcp", "80/tcp", "81/tcp"}));
}

BOOST_AUTO_TEST_CASE(refuses_the_rest)
{
    auto const error_of = [](std::string const& word) -> std::string {
        try {
            parse_ports(words{word});
        } catch (parse_error const& e) {
            return e.text();
        }
        return "no error";
    };
    BOOST_CHECK_EQUAL(error_of("x"), "invalid containerPort: x");
    BOOST_CHECK_EQUAL(error_of("65536"), "invalid containerPort: 65536");
    BOOST_CHECK_EQUAL(error_of("2-1"), "invalid containerPort: 2-1");
    BOOST_CHECK_EQUAL(error_of("1-2-3"), "invalid containerPort: 1-2-3");
    BOOST_CHECK_EQUAL(error_of("-1"), "invalid containerPort: -1");
    BOOST_CHECK_EQUAL(error_of("80/foo"), "invalid proto: foo");
    BOOST_CHECK_EQUAL(error_of("/tcp"), "no port specified: /tcp<empty>");
    BOOST_CHECK_EQUAL(error_of("x:80"), "invalid hostPort: x");
    BOOST_CHECK_EQUAL(error_of("1.2.3:1:80"), "invalid IP address: 1.2.3");
    BOOST_CHECK_EQUAL(error_of("1-3:5-6"), "invalid ranges specified for container and host Ports: 5-6 and 1-3");
}

BOOST_AUTO_TEST_SUITE_END()
