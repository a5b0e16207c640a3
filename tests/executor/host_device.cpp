#include <acrx/executor/host_device.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_host_device)
BOOST_AUTO_TEST_CASE(a_node_keeps_its_numbers)
{
    auto const plain = parse_host_device("/dev/null");
    BOOST_TEST(plain.path == "/dev/null");
    BOOST_TEST(plain.source == "/dev/null");
    BOOST_TEST(plain.type == 'c');
    BOOST_TEST(plain.major == 1U);
    BOOST_TEST(plain.minor == 3U);
    BOOST_TEST(plain.access == "rwm");
    BOOST_TEST(parse_host_device("/dev/zero:/dev/mine").path == "/dev/mine");
    BOOST_TEST(parse_host_device("/dev/zero:/dev/mine:r").access == "r");
    auto const limited = parse_host_device("/dev/zero:rw");
    BOOST_TEST(limited.path == "/dev/zero");
    BOOST_TEST(limited.access == "rw");
}
BOOST_AUTO_TEST_CASE(what_is_no_device_is_refused)
{
    for (auto const* text : {"", "null", "/dev/null:here", "/dev/null:/dev/x:rx", "/dev/no-such-node", "/etc/passwd", "/dev"})
        BOOST_CHECK_THROW(parse_host_device(text), error);
}
BOOST_AUTO_TEST_SUITE_END()
