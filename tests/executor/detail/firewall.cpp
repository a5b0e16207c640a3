#include <acrx/executor/detail/firewall.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_firewall)
BOOST_AUTO_TEST_CASE(what_is_added_is_what_is_taken_away)
{
    std::string const subnet = "10.231.7.0/24";
    auto added = detail::firewall_rules("-I", "acrx7", subnet);
    BOOST_TEST(added
               == "*nat\n-I POSTROUTING -s 10.231.7.0/24 ! -o acrx7 -j MASQUERADE\nCOMMIT\n"
                  "*filter\n-I INPUT -i acrx7 -p udp --dport 53 -j ACCEPT\n"
                  "-I INPUT -i acrx7 -p tcp --dport 53 -j ACCEPT\n"
                  "-I FORWARD -i acrx7 -j ACCEPT\n"
                  "-I FORWARD -o acrx7 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n");
    auto const removed = detail::firewall_rules("-D", "acrx7", subnet);
    for (auto at = added.find("-I "); at != added.npos; at = added.find("-I "))
        added.replace(at, 2, "-D");
    BOOST_TEST(removed == added);
}
BOOST_AUTO_TEST_SUITE_END()
